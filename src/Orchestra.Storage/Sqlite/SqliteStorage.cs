using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Warnings;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Sqlite;

/// <summary>Registers SQLite as a host's storage.</summary>
public static class SqliteStorage
{
    /// <summary>Adds the stores of ledgers, tenants and trajectories.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="folder">The folder of the database files; made where it is missing.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string folder)
    {
        services.AddSingleton(provider => new SqliteDatabase(folder, SqliteSchema.Main, provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<ILedgerStore, SqliteLedgerStore>();
        services.AddSingleton<ILedgerReports, SqliteLedgerReports>();
        services.AddSingleton<IWarningOutbox, SqliteWarningOutbox>();
        services.AddSingleton<ITenantStore, SqliteTenantStore>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IPolicyStore, SqlitePolicyStore>();
        services.AddSingleton<ITrainingLog, SqliteTrainingLog>();
        services.AddSingleton<ITrajectoryStore>(provider => new TrajectoryStore(
            new SqliteTrajectoryTable(new SqliteDatabase(folder, SqliteSchema.Trajectories, provider.GetRequiredService<ILogger<SqliteDatabase>>())),
            provider.GetRequiredService<TrajectoryOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TrajectoryStore>>()));
        services.AddSingleton<ITrajectoryHistory>(provider => new TrajectoryHistory(
            new SqliteHistoryTable(new SqliteDatabase(folder, SqliteSchema.Trajectories, provider.GetRequiredService<ILogger<SqliteDatabase>>())),
            provider.GetRequiredService<ILogger<TrajectoryHistory>>()));
        return services;
    }
}
