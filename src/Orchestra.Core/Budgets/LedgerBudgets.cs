using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Writing;

namespace Orchestra.Core.Budgets;

/// <summary>
/// The tenants' money on a ledger store: one writer for all tenants, commits shared by all operations that wait. Any number of hosts may run on
/// one store.
/// </summary>
public sealed class LedgerBudgets : IBudgets, IAsyncDisposable
{
    private readonly LedgerWriter writer;
    private readonly LeaseRecovery recovery;
    private readonly ITimer sweeps;
    private readonly IdGenerator ids;
    private readonly Task running;

    /// <summary>Starts the writer, and the search for reservations that a crash left behind.</summary>
    public LedgerBudgets(ILedgerStore store, TimeProvider time, IdGenerator ids, LedgerBudgetsOptions options, ILogger<LedgerBudgets> logger)
    {
        this.ids = ids;
        writer = new LedgerWriter(store, time, options, logger);
        recovery = new LeaseRecovery(store, writer, time, options, logger);
        running = Task.Run(writer.RunAsync);
        sweeps = time.CreateTimer(_ => writer.Sweep(), null, options.SweepEvery, options.SweepEvery);
    }

    /// <summary>Completes when the first search for reservations that a crash left behind is done.</summary>
    public Task Recovered => recovery.FirstPass;

    /// <inheritdoc/>
    public async Task ReserveAsync(Reservation reservation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ReserveOperation(reservation);
        writer.Enqueue(operation);
        try
        {
            await operation.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            writer.TryEnqueue(new ReleaseOperation(reservation));
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Reservation> ExtendAsync(Reservation reservation, string operationId, Money more, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ExtendOperation(reservation, operationId, more);
        writer.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public Task SettleAsync(Reservation reservation, Money actual)
    {
        var operation = new SettleOperation(reservation, actual);
        writer.Enqueue(operation);
        return operation.Task;
    }

    /// <inheritdoc/>
    public async Task<BudgetState> GetAsync(string tenantId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ReadOperation(tenantId);
        writer.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<BudgetState> SetLimitAsync(string tenantId, Money? limit, BudgetWindow window, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new SetLimitOperation(tenantId, ids.Next("limit_"), limit, window);
        writer.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }

    /// <summary>Takes no further operations, writes those that wait, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await sweeps.DisposeAsync();
        await recovery.DisposeAsync();
        writer.Complete();
        await running;
    }
}
