using Microsoft.Extensions.Logging;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// Finds the reservations that a host left behind when it died: at start, and once in every lease, it loads the accounts whose ledgers have
/// changed since it last looked; those that hold reservations stay in memory, where the sweep ends them in time.
/// </summary>
internal sealed class LeaseRecovery : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, long> quiet = [];
    private readonly ILedgerStore store;
    private readonly LedgerWriter writer;
    private readonly ILogger logger;
    private readonly Task running;

    public LeaseRecovery(ILedgerStore store, LedgerWriter writer, TimeProvider time, LedgerBudgetsOptions options, ILogger logger)
    {
        this.store = store;
        this.writer = writer;
        this.logger = logger;
        running = Task.Run(() => RunAsync(options.Lease, time));
    }

    public Task FirstPass => firstPass.Task;

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan every, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(every, time);
            do
            {
                await PassAsync();
                firstPass.TrySetResult();
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            firstPass.TrySetCanceled(stopping.Token);
        }
    }

    private async Task PassAsync()
    {
        try
        {
            foreach (var head in await store.ListHeadsAsync(stopping.Token))
            {
                if (quiet.TryGetValue(head.TenantId, out var version) && version == head.Version)
                    continue;
                var read = new ReadOperation(head.TenantId);
                writer.Enqueue(read);
                var state = await read.Task.WaitAsync(stopping.Token);
                if (!read.HasOpen)
                    quiet[head.TenantId] = state.Version;
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.RecoveryFailed(error);
        }
    }
}
