using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Cli.Serve;

/// <summary>All that a node keeps: tenants and keys, the ledger, trajectories.</summary>
internal sealed class NodeStore : IAsyncDisposable
{
    private const string AdminKeyVariable = "ORCHESTRA_ADMIN_KEY";
    private readonly SqliteTenantStore _tenants;
    private readonly SqliteLedgerStore _ledger;
    private readonly LedgerBudgets _budgets;
    private readonly SqliteTrajectoryStore _trajectories;

    private NodeStore(OrchestraOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var folder = options.Storage.Folder;
        var main = new SqliteDatabase(folder, SqliteSchema.Main, loggers.CreateLogger<SqliteDatabase>());
        var trajectories = new SqliteDatabase(folder, SqliteSchema.Trajectories, loggers.CreateLogger<SqliteDatabase>());
        _tenants = new SqliteTenantStore(main);
        _ledger = new SqliteLedgerStore(main, loggers.CreateLogger<SqliteLedgerStore>());
        _budgets = new LedgerBudgets(_ledger, time, IdGenerator.Default, Accounts(options.Budgets.Lease), loggers.CreateLogger<LedgerBudgets>());
        _trajectories = new SqliteTrajectoryStore(trajectories, options.Trajectories, time, loggers.CreateLogger<SqliteTrajectoryStore>());
        Keys = new ApiKeyAuthenticator(_tenants, time);
        Issuer = new ApiKeyIssuer(_tenants, IdGenerator.Default, time);
    }

    public ITenantStore Tenants => _tenants;

    public IBudgets Budgets => _budgets;

    public ITrajectoryStore Trajectories => _trajectories;

    public ApiKeyAuthenticator Keys { get; }

    public ApiKeyIssuer Issuer { get; }

    public AdminKey AdminKey { get; private set; } = null!;

    /// <summary>The keys that this start made.</summary>
    public FirstStartKeys FirstStart { get; private set; } = new(null, null);

    /// <summary>Opens the store and makes the default tenant and the keys where this is the first start.</summary>
    public static async Task<NodeStore> OpenAsync(OrchestraOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken ct)
    {
        var store = new NodeStore(options, time, loggers);
        store.AdminKey = await AdminKey.OpenAsync(store.Tenants, Environment.GetEnvironmentVariable(AdminKeyVariable), ct);
        var apiKey = await Core.Tenants.FirstStart.EnsureAsync(store.Tenants, store.Issuer, time, ct);
        store.FirstStart = new FirstStartKeys(apiKey, store.AdminKey.Generated);
        return store;
    }

    /// <summary>Writes what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _budgets.DisposeAsync();
        await _trajectories.DisposeAsync();
        _ledger.Dispose();
        _tenants.Dispose();
    }

    private static LedgerBudgetsOptions Accounts(TimeSpan lease)
    {
        var options = new LedgerBudgetsOptions { Lease = lease, SettlementWait = TimeSpan.FromMilliseconds(2) };
        return lease / 2 < options.SweepEvery ? options with { SweepEvery = lease / 2 } : options;
    }
}
