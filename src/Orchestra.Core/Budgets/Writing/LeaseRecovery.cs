using Microsoft.Extensions.Logging;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// Finds the reservations that a host left behind when it died: at start, and once in every lease, it loads the accounts whose ledgers have
/// changed since it last looked; those that hold reservations stay in memory, where the sweep ends them in time.
/// </summary>
internal sealed class LeaseRecovery : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, long> _quiet = [];
    private readonly ILedgerStore _store;
    private readonly LedgerWriters _writers;
    private readonly ILogger _logger;
    private readonly Task _running;

    public LeaseRecovery(ILedgerStore store, LedgerWriters writers, TimeProvider time, LedgerBudgetsOptions options, ILogger logger)
    {
        _store = store;
        _writers = writers;
        _logger = logger;
        _running = Task.Run(() => RunAsync(options.Lease, time));
    }

    public Task FirstPass => _firstPass.Task;

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan every, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(every, time);
            do
            {
                await PassAsync();
                _firstPass.TrySetResult();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _firstPass.TrySetCanceled(_stopping.Token);
        }
    }

    private async Task PassAsync()
    {
        try
        {
            foreach (var head in await _store.ListHeadsAsync(_stopping.Token))
            {
                if (_quiet.TryGetValue(head.TenantId, out var version) && version == head.Version)
                    continue;
                var read = new ReadOperation(head.TenantId);
                _writers.Enqueue(read);
                var state = await read.Task.WaitAsync(_stopping.Token);
                if (!read.HasOpen)
                    _quiet[head.TenantId] = state.Version;
            }

            _writers.Sweep();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _logger.RecoveryFailed(error);
        }
    }
}
