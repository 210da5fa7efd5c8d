using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Core.Budgets.Upkeep;

/// <summary>What a host does beside its work: once a minute it brings sums forward that are far behind, once an hour it rolls old rows up.</summary>
public sealed partial class LedgerUpkeep : IAsyncDisposable
{
    private const int MinutesToRollUp = 60;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SpendReports _spend;
    private readonly LedgerRollUp _rollUp;
    private readonly TimeProvider _time;
    private readonly TimeSpan? _retention;
    private readonly ILogger<LedgerUpkeep> _logger;
    private Task _running = Task.CompletedTask;

    /// <summary>Does nothing yet.</summary>
    /// <param name="store">The ledgers.</param>
    /// <param name="reports">The sums and openings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retention">How long rows are kept; null for ever.</param>
    /// <param name="logger">Told what was done and what failed.</param>
    public LedgerUpkeep(ILedgerStore store, ILedgerReports reports, TimeProvider time, TimeSpan? retention, ILogger<LedgerUpkeep> logger)
    {
        _spend = new SpendReports(store, reports);
        _rollUp = new LedgerRollUp(store, reports, time, Pause);
        _time = time;
        _retention = retention;
        _logger = logger;
    }

    /// <summary>Starts, to go on until it is disposed.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Minute, _time);
            for (var minute = 1; await timer.WaitForNextTickAsync(_stopping.Token); minute++)
            {
                await TryAsync(ct => _spend.BringForwardAsync(null, ct));
                if (_retention is { } retention && minute % MinutesToRollUp == 0)
                    await TryAsync(ct => RollUpAsync(_time.GetUtcNow() - retention, ct));
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It was asked to stop.
        }
    }

    private async Task RollUpAsync(DateTimeOffset before, CancellationToken ct)
    {
        foreach (var done in await _rollUp.RunAsync(null, before, isDryRun: false, ct))
            LogRolledUp(done.TenantId, done.Rows, done.Version);
    }

    private async Task TryAsync(Func<CancellationToken, Task> task)
    {
        try
        {
            await task(_stopping.Token);
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
