using Npgsql;

namespace Orchestra.Tests;

/// <summary>An empty database that goes with the test.</summary>
internal sealed class PostgresTestDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private PostgresTestDatabase(PostgresServer server, string name)
    {
        _server = server;
        Name = name;
    }

    public string Name { get; }

    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>A new database on the shared server, or on the test's own.</summary>
    public static async Task<PostgresTestDatabase> CreateAsync(PostgresServer? server = null)
    {
        var database = new PostgresTestDatabase(server ?? await PostgresServer.SharedAsync(), "orchestra_" + Path.GetRandomFileName().Replace('.', '_'));
        await database.RunAsync("postgres", $"CREATE DATABASE {database.Name}");
        return database;
    }

    public Task<NpgsqlConnection> ConnectAsync() => _server.ConnectAsync(Name);

    /// <summary>Runs statements in the database, as another program would.</summary>
    public Task RunAsync(string statements) => RunAsync(Name, statements);

    public async ValueTask DisposeAsync() => await RunAsync("postgres", $"DROP DATABASE {Name} WITH (FORCE)");

    private async Task RunAsync(string where, string statements)
    {
        await using var connection = await _server.ConnectAsync(where);
        await using var command = connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync();
    }
}
