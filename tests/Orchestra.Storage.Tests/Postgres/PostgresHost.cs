using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Configuration;
using Orchestra.Storage.Postgres;

namespace Orchestra.Storage.Tests.Postgres;

/// <summary>A test's own database, opened as often as the test has hosts.</summary>
internal sealed class PostgresHost : IAsyncLifetime
{
    private readonly List<PostgresDatabase> _opened = [];

    public PostgresTestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await PostgresTestDatabase.CreateAsync();

    /// <summary>Opens the database as one more host does.</summary>
    public async Task<PostgresDatabase> OpenAsync()
    {
        var database = await OpenAsync(Database.ConnectionString);
        _opened.Add(database);
        return database;
    }

    public static Task<PostgresDatabase> OpenAsync(string connectionString) =>
        PostgresDatabase.OpenAsync(new StorageOptions { ConnectionString = connectionString }, NullLogger<PostgresDatabase>.Instance, default);

    public async Task DisposeAsync()
    {
        foreach (var database in _opened)
            await database.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }
}
