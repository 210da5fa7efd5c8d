using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Orchestra.Hosting;

namespace Orchestra.Silo.Local;

/// <summary>A PostgreSQL server that is started for a cluster on one machine; it listens on a socket in its folder alone, and its data stay for the next start.</summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private const string User = "orchestra";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly Process _server;

    private LocalPostgres(Process server, string folder, string connectionString)
    {
        _server = server;
        Folder = folder;
        ConnectionString = connectionString;
    }

    /// <summary>Where its data are.</summary>
    public string Folder { get; }

    /// <summary>How it is reached.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server with the data of a folder, made at the first start; throws <see cref="HostException"/> where that is not possible.</summary>
    public static async Task<LocalPostgres> StartAsync(string folder, CancellationToken ct)
    {
        var programs = PostgresPrograms.Find() ?? throw new HostException(
            "There is no PostgreSQL on this machine (initdb, postgres). Install the package postgresql, or give a server with --postgres or ORCHESTRA_POSTGRES.");
        var data = Path.Combine(folder, "data");
        var passwordFile = Path.Combine(folder, "password");
        var owner = await FolderOwner.ForPostgresAsync(ct);
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(passwordFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)), ct);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await owner.GiveAsync(folder, ct);
            await RunAsync(owner.Command(Path.Combine(programs, "initdb"), "-D", data, "-U", User, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale", "C"), folder, ct);
        }

        var server = Process.Start(owner.Command(
            Path.Combine(programs, "postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "logging_collector=on", "-c", "log_directory=" + folder))!;
        var connection = new NpgsqlConnectionStringBuilder { Host = folder, Database = "postgres", Username = User, Password = await File.ReadAllTextAsync(passwordFile, ct) };
        var started = new LocalPostgres(server, folder, connection.ToString());
        try
        {
            await started.AnswersAsync(ct);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts it down in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_server.HasExited)
        {
            // Its "fast" shutdown: connections are closed, nothing is lost.
            using var signal = Process.Start("kill", ["-INT", _server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync();
            await _server.WaitForExitAsync().WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _server.Dispose();
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException error)
            {
                if (_server.HasExited || Stopwatch.GetElapsedTime(began) > Limit)
                    throw new HostException($"PostgreSQL does not start with the data in {Folder}; its log there says why. Another cluster may be using them.", inner: error);
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
    }



    private static async Task RunAsync(ProcessStartInfo command, string folder, CancellationToken ct)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await output;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw new HostException($"A database cannot be made in {folder}: {errors.Trim()}");
    }
}
