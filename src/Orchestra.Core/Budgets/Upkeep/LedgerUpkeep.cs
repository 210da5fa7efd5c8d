using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Core.Budgets.Upkeep;

/// <summary>What a host does beside its work: once a minute it brings sums forward that are far behind, once an hour it rolls old rows up.</summary>
public sealed partial class LedgerUpkeep : BackgroundService
{
    private const int MinutesToRollUp = 60;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly SpendReports _spend;
    private readonly LedgerRollUp _rollUp;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _retention;
    private readonly ILogger<LedgerUpkeep> _logger;

    /// <summary>Does nothing yet.</summary>
    /// <param name="spend">Brings sums forward.</param>
    /// <param name="store">The ledgers.</param>
    /// <param name="reports">The sums and openings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retention">How long rows are kept; null for ever.</param>
    /// <param name="logger">Told what was done and what failed.</param>
    public LedgerUpkeep(SpendReports spend, ILedgerStore store, ILedgerReports reports, TimeProvider time, TimeSpan? retention, ILogger<LedgerUpkeep> logger)
    {
        _spend = spend;
        _rollUp = new LedgerRollUp(store, reports, time, Pause);
        _time = time;
        _retention = retention;
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Minute, _time);
            for (var minute = 1; await timer.WaitForNextTickAsync(stoppingToken); minute++)
            {
                await TryAsync(() => _spend.BringForwardAsync(null, stoppingToken));
                if (_retention is { } retention && minute % MinutesToRollUp == 0)
                    await TryAsync(() => RollUpAsync(_time.GetUtcNow() - retention, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It was asked to stop.
        }
    }

    private async Task RollUpAsync(DateTimeOffset before, CancellationToken ct)
    {
        foreach (var done in await _rollUp.RunAsync(null, before, isDryRun: false, ct))
            LogRolledUp(done.TenantId, done.Rows, done.Version);
    }

    private async Task TryAsync(Func<Task> task)
    {
        try
        {
            await task();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Tenant {TenantId}: {Rows} old rows of the ledger are rolled up, to row {Version}")]
    private partial void LogRolledUp(string tenantId, long rows, long version);

    [LoggerMessage(2, LogLevel.Warning, "The upkeep of the ledgers failed; it is tried again in a minute or an hour")]
    private partial void LogFailed(Exception error);
}
