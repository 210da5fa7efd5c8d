using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Hosting;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>Durable operations a second, beside what the same server does with single rows in the same run.</summary>
internal static class LedgerBenchmark
{
    private const int ManyTenants = 1_000;
    private const int ManyCallers = 4_000;
    private const int HotCallers = 128;
    private const string ProcessorFile = "/proc/cpuinfo";

    public static async Task<LedgerReport> RunAsync(TimeSpan duration, CancellationToken ct)
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var test = await PostgresTestDatabase.CreateAsync(server);
        var before = await PgBench.RunAsync(test, duration, ct);
        await using var database = await PostgresDatabase.OpenAsync(new StorageOptions { ConnectionString = test.ConnectionString }, NullLogger<PostgresDatabase>.Instance, ct);
        var store = new PostgresLedgerStore(database);
        var postgres = OrchestraServices.Accounts(new OrchestraOptions { Storage = { Kind = StorageOptions.Postgres } });
        var many = await new LedgerLoad(ManyTenants, ManyCallers).RunAsync(store, postgres, duration, ct);
        var hot = await new LedgerLoad(1, HotCallers).RunAsync(store, postgres, duration, ct);
        var after = await PgBench.RunAsync(test, duration, ct);
        var inserts = (before + after) / 2;

        using var folder = new TemporaryFolder();
        var file = new SqliteDatabase(folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        using var sqlite = new SqliteLedgerStore(file, NullLogger<SqliteLedgerStore>.Instance);
        var sqliteMany = await new LedgerLoad(ManyTenants, ManyCallers).RunAsync(sqlite, new LedgerBudgetsOptions(), duration, ct);
        var sqliteHot = await new LedgerLoad(1, HotCallers).RunAsync(sqlite, new LedgerBudgetsOptions(), duration, ct);
        var memory = MemoryLoad.Run();

        return new LedgerReport(Machine(), duration.TotalSeconds, inserts,
        [
            new("pgbench, single-row inserts, 32 clients, before", before, null, null, string.Empty, null),
            new("pgbench, single-row inserts, 32 clients, after", after, null, null, string.Empty, null),
            Figure("PostgreSQL, 1,000 tenants", many, $"≥ 30,000, ≥ 2 × inserts ({2 * inserts:N0})", many.PerSecond >= 30_000 && many.PerSecond >= 2 * inserts),
            Figure("PostgreSQL, one hot tenant", hot, "≥ 10,000, p99 < 20 ms", hot.PerSecond >= 10_000 && At(hot.Latencies, 0.99) < 20),
            Figure("SQLite (synchronous=FULL), 1,000 tenants", sqliteMany, "≥ 5,000", sqliteMany.PerSecond >= 5_000),
            Figure("SQLite (synchronous=FULL), one hot tenant", sqliteHot, "≥ 5,000", sqliteHot.PerSecond >= 5_000),
            new(
                $"in memory: {memory.NanosecondsPerOperation:N0} ns and {memory.BytesPerOperation:0.##} bytes an operation", 1e9 / memory.NanosecondsPerOperation, null, null,
                "< 1 µs, no allocation", memory.NanosecondsPerOperation < 1_000 && memory.BytesPerOperation < 0.01),
        ]);
    }

    private static LedgerFigure Figure(string name, (double PerSecond, double[] Latencies) load, string target, bool met) =>
        new(name, load.PerSecond, At(load.Latencies, 0.5), At(load.Latencies, 0.99), target, met);

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)(part * (sorted.Length - 1))];

    private static string Machine()
    {
        var model = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        var processor = model is null ? string.Empty : $" of {model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}";
        return $"{Environment.ProcessorCount} cores{processor}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }
}
