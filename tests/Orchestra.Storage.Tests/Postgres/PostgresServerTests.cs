using Npgsql;

namespace Orchestra.Storage.Tests.Postgres;

/// <summary>Holds the tests' own server to what the tests with faults rest on.</summary>
public sealed class PostgresServerTests
{
    [SkippableFact]
    public async Task A_killed_server_is_gone_at_once_and_comes_back_with_what_it_had_committed()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = await PostgresTestDatabase.CreateAsync(server);
        await database.RunAsync("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
        await server.KillAsync();
        await Should.ThrowAsync<NpgsqlException>(() => server.ConnectAsync(database.Name));
        await server.StartAsync();
        await database.RunAsync("INSERT INTO kept SELECT 1 / count(*) FROM kept");
        await server.StopAsync();
        await Should.ThrowAsync<NpgsqlException>(() => server.ConnectAsync(database.Name));
        await server.StartAsync();
    }
}
