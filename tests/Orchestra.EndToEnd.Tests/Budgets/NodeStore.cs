using System.CommandLine;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>Where the nodes of a test keep everything, a folder or a PostgreSQL database, and the ledgers in it.</summary>
internal sealed class NodeStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresTestDatabase? _database;

    private NodeStore(PostgresTestDatabase? database, string? data)
    {
        _database = database;
        Data = data ?? _folder.Path;
    }

    private string Data { get; }

    private string Config => _folder.File("orchestra.json");

    /// <summary>SQLite files in this folder, or in one of the store's own.</summary>
    public static NodeStore OnSqlite(string? data = null) => new(null, data);

    /// <summary>A new database on this server, or on the one that tests share.</summary>
    public static async Task<NodeStore> OnPostgresAsync(PostgresServer? server = null) => new(await PostgresTestDatabase.CreateAsync(server), null);

    /// <summary>Starts a node with one paid expert, <c>small</c>, that asks this upstream.</summary>
    public Task<NodeProcess> StartNodeAsync(FaultyUpstream upstream, params string[] more)
    {
        _folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new { small = new { Kind = "openai", Endpoint = upstream.Endpoint.ToString(), Price = new { InputPerMillion = 1, OutputPerMillion = 2 }, MaxOutputTokens = 512, Retries = 1 } },
                Budgets = new { Lease = "00:00:03" },
                Storage = new { Kind = _database is null ? "sqlite" : "postgres", _database?.ConnectionString },
            },
        }));
        return NodeProcess.StartAsync(Data, Config, more: more);
    }

    /// <summary>Runs statements in the database, as another program would.</summary>
    public Task RunAsync(string statements) => _database!.RunAsync(statements);

    /// <summary><c>orchestra ledger verify</c> finds nothing wrong.</summary>
    public async Task ShouldVerifyAsync()
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var exitCode = await OrchestraCommand.RunAsync(["ledger", "verify", "--grace", "0s", "--config", Config, "--data", Data], configuration);
        exitCode.ShouldBe(ExitCode.Ok, $"{configuration.Output}\n{configuration.Error}");
        configuration.Output.ToString()!.ShouldContain("Every ledger is in order.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        _folder.Dispose();
    }
}
