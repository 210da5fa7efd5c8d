using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>PostgreSQL's own benchmark, inserting single rows of a ledger's size.</summary>
internal static partial class PgBench
{
    private const int Clients = 32;

    private const string Table = """
        CREATE TABLE IF NOT EXISTS single_row (
            tenant text NOT NULL, version bigserial, at timestamptz NOT NULL, kind smallint NOT NULL, operation_id text NOT NULL UNIQUE, amount bigint NOT NULL, key_id text,
            expert text, trajectory_id text, PRIMARY KEY (tenant, version))
        """;

    private const string Script = """
        \set tenant random(1, 1000)
        INSERT INTO single_row (tenant, at, kind, operation_id, amount, key_id, expert, trajectory_id)
        VALUES ('tenant' || :tenant, now(), 2, 'res_' || gen_random_uuid(), 12345, 'k_018f5b9a', 'small', 'traj_018f5b9a7c3d7f1e');
        """;

    /// <summary>Single-row inserts a second.</summary>
    public static async Task<double> RunAsync(PostgresTestDatabase database, TimeSpan duration, CancellationToken ct)
    {
        await database.RunAsync(Table);
        using var folder = new TemporaryFolder();
        var script = Path.Combine(folder.Path, "insert.sql");
        await File.WriteAllTextAsync(script, Script, ct);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var seconds = ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            Find(), ["-n", "-M", "prepared", "-c", $"{Clients}", "-j", "2", "-T", seconds, "-f", script, "-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!, connection.Database!])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = connection.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(ct);
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return Rate().Match(output) is { Success: true } rate
            ? double.Parse(rate.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench did not run: {await errors}");
    }

    private static string Find() => PostgresPrograms.Find() is { } folder && File.Exists(Path.Combine(folder, "pgbench")) ? Path.Combine(folder, "pgbench") : "pgbench";

    [GeneratedRegex("^tps = (?<tps>[0-9.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}
