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

namespace Orchestra.Storage.Postgres;

/// <summary>Registers PostgreSQL as a host's storage.</summary>
public static class PostgresStorage
{
    /// <summary>Adds the stores of ledgers, tenants and trajectories.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="database">The database, which its opener disposes of after the host.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, PostgresDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton<ILedgerStore, PostgresLedgerStore>();
        services.AddSingleton<ILedgerReports, PostgresLedgerReports>();
        services.AddSingleton<IWarningOutbox, PostgresWarningOutbox>();
        services.AddSingleton<ITenantStore, PostgresTenantStore>();
        services.AddSingleton<IAuditLog, PostgresAuditLog>();
        services.AddSingleton<IPolicyStore, PostgresPolicyStore>();
        services.AddSingleton<ITrainingLog, PostgresTrainingLog>();
        services.AddSingleton<ITrajectoryStore>(provider => new TrajectoryStore(
            new PostgresTrajectoryTable(database), provider.GetRequiredService<TrajectoryOptions>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TrajectoryStore>>()));
        services.AddSingleton<ITrajectoryHistory>(provider => new TrajectoryHistory(
            new PostgresHistoryTable(database), provider.GetRequiredService<ILogger<TrajectoryHistory>>()));
        return services;
    }
}
