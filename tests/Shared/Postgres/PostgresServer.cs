using System.Diagnostics;
using Npgsql;

namespace Orchestra.Tests;

/// <summary>
/// A real PostgreSQL: one that all tests of a run share, or one of a test's own that it may kill. With <c>ORCHESTRA_TEST_POSTGRES</c> the shared one
/// is another server. Where there is no server, the test is skipped.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Other = "ORCHESTRA_TEST_POSTGRES";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> Shared = new(OpenSharedAsync);

    private readonly string _connectionString;
    private readonly Process? _keeper;
    private readonly string? _folder;

    private PostgresServer(string connectionString, Process? keeper, string? folder)
    {
        _connectionString = connectionString;
        _keeper = keeper;
        _folder = folder;
    }

    /// <summary>The server of all tests of this process; it goes with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>A server of the test's own, started.</summary>
    public static async Task<PostgresServer> StartNewAsync()
    {
        Skip.If(OperatingSystem.IsWindows(), $"A PostgreSQL of the tests' own needs a Unix; set {Other} to a connection string.");
        var programs = PostgresPrograms.Find();
        Skip.If(programs is null, $"There are no PostgreSQL server programs here (initdb, postgres): install the package postgresql, or set {Other} to a connection string.");
        var folder = Directory.CreateTempSubdirectory("orchestra-pg-").FullName;
        const string password = "only-for-tests";
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), password);
        var keeper = Process.Start(await CommandAsync(programs!, folder))!;
        var server = new PostgresServer(new NpgsqlConnectionStringBuilder { Host = folder, Username = "orchestra", Password = password }.ToString(), keeper, folder);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, after a stop or a kill, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await TellAsync("start");
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await ConnectAsync("postgres");
                return;
            }
            catch (NpgsqlException error)
            {
                if (Stopwatch.GetElapsedTime(started) > Bound)
                    throw new TimeoutException($"PostgreSQL did not start: {await File.ReadAllTextAsync(Path.Combine(_folder!, "log"))}", error);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }

    /// <summary>Ends all its processes at once with SIGKILL.</summary>
    public Task KillAsync() => TellAsync("crash");

    /// <summary>Shuts it down in order; connections are closed.</summary>
    public Task StopAsync() => TellAsync("stop");

    /// <summary>How a database of this server is reached.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_connectionString) { Database = database }.ToString();

    /// <summary>A connection outside any pool.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is null)
            return;
        _keeper.StandardInput.Close();
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        await _keeper.WaitForExitAsync(bound.Token);
        _keeper.Dispose();
    }

    private static async Task<PostgresServer> OpenSharedAsync() =>
        Environment.GetEnvironmentVariable(Other) is { Length: > 0 } other ? new PostgresServer(other, null, null) : await StartNewAsync();

    /// <summary>PostgreSQL refuses to run as root, so root hands the folder to another user and becomes that user first.</summary>
    private static async Task<ProcessStartInfo> CommandAsync(string programs, string folder)
    {
        var script = await File.ReadAllTextAsync(Repository.File("tests/Shared/Postgres/postgres.sh"));
        List<string> command = ["sh", "-c", script, "postgres.sh", programs, folder];
        if (Environment.IsPrivilegedProcess)
        {
            var users = (await File.ReadAllLinesAsync("/etc/passwd")).Select(line => line.Split(':')).ToLookup(fields => fields[0]);
            var user = users["postgres"].Concat(users["nobody"]).First();
            using var change = Process.Start("chown", ["-R", $"{user[2]}:{user[3]}", folder]);
            await change.WaitForExitAsync();
            command.InsertRange(0, ["setpriv", "--reuid", user[2], "--regid", user[3], "--clear-groups"]);
        }

        return new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
    }

    private async Task TellAsync(string word)
    {
        var keeper = _keeper ?? throw new InvalidOperationException($"The server of {Other} is not ours to start or stop.");
        await keeper.StandardInput.WriteLineAsync(word);
        await keeper.StandardInput.FlushAsync();
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        (await keeper.StandardOutput.ReadLineAsync(bound.Token)).ShouldBe(word);
    }
}
