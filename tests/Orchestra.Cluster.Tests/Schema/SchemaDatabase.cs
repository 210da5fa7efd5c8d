using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orchestra.Core.Configuration;
using Orchestra.Silo.Schema;

namespace Orchestra.Cluster.Tests.Schema;

/// <summary>A test's own database, reached as silos reach it.</summary>
internal sealed class SchemaDatabase : IAsyncDisposable
{
    private readonly PostgresTestDatabase _database;

    private SchemaDatabase(PostgresTestDatabase database)
    {
        _database = database;
        Source = Connect(database.ConnectionString);
    }

    public NpgsqlDataSource Source { get; }

    public string ConnectionString => _database.ConnectionString;

    public static async Task<SchemaDatabase> CreateEmptyAsync() => new(await PostgresTestDatabase.CreateAsync());

    /// <summary>A database with the schema.</summary>
    public static async Task<SchemaDatabase> CreateAsync()
    {
        var database = await CreateEmptyAsync();
        await database.ApplyAsync();
        return database;
    }

    public static NpgsqlDataSource Connect(string connectionString) =>
        SiloSchema.Connect(new StorageOptions { ConnectionString = connectionString, MaxConnections = 32 });

    public Task ApplyAsync() => SiloSchema.ApplyAsync(Source, NullLogger.Instance, default);

    public Task RunAsync(string statements) => _database.RunAsync(statements);

    public async Task<object?> AskAsync(string query)
    {
        await using var command = Source.CreateCommand(query);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
