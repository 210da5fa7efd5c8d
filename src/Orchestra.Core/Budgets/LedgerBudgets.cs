using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Writing;
using Orchestra.Core.Configuration;

namespace Orchestra.Core.Budgets;

/// <summary>
/// The tenants' money on a ledger store: a few writers, each with its part of the tenants, and commits shared by all operations that wait. Any number of hosts may run on
/// one store.
/// </summary>
public sealed class LedgerBudgets : IBudgets, IAsyncDisposable
{
    private readonly LedgerWriters _writers;
    private readonly LeaseRecovery _recovery;
    private readonly ITimer _sweeps;
    private readonly TightBudgets _tight;
    private readonly LedgerBudgetsOptions _options;
    private readonly Task _running;

    /// <summary>Starts the writers, and the search for reservations that a crash left behind.</summary>
    public LedgerBudgets(ILedgerStore store, TimeProvider time, IdGenerator ids, LedgerBudgetsOptions options, ILogger<LedgerBudgets> logger)
    {
        ConfigurationErrors.ThrowIfAny(LedgerBudgetsOptionsValidator.Errors(options));
        _options = options;
        _tight = new TightBudgets(time);
        _writers = new LedgerWriters(store, time, ids, options, logger);
        _recovery = new LeaseRecovery(store, _writers, time, options, logger);
        _running = _writers.RunAsync();
        _sweeps = time.CreateTimer(_ => _writers.Sweep(), null, options.SweepEvery, options.SweepEvery);
    }

    /// <summary>Completes when the first search for reservations that a crash left behind is done.</summary>
    public Task Recovered => _recovery.FirstPass;

    /// <inheritdoc/>
    public async Task ReserveAsync(Reservation reservation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ReserveOperation(reservation, _tight, _options.WarningLines);
        _writers.Enqueue(operation);
        try
        {
            await operation.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            _writers.TryEnqueue(new ReleaseOperation(reservation));
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Reservation> ExtendAsync(Reservation reservation, string operationId, Money more, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ExtendOperation(reservation, operationId, more);
        _writers.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public Task SettleAsync(Reservation reservation, Money actual)
    {
        var operation = new SettleOperation(reservation, actual);
        if (!_writers.TryEnqueue(operation))
            _writers.Refuse(operation);
        return operation.Task;
    }

    /// <inheritdoc/>
    public Task<AccountState> GetAsync(string tenantId, CancellationToken ct) => GetAsync(new ReadOperation(tenantId), ct);

    /// <inheritdoc/>
    public Task<AccountState> GetAsync(Payer payer, CancellationToken ct) => GetAsync(new ReadOperation(payer.TenantId, payer), ct);

    /// <inheritdoc/>
    public async Task<AccountState> ChangeAsync(string tenantId, BudgetChange change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var operation = new ChangeOperation(tenantId, change);
        _writers.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask<BudgetUsage?> UsageAsync(Payer payer, CancellationToken ct) => new(_tight.Of(payer));

    /// <summary>Takes no further operations, writes those that wait, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweeps.DisposeAsync();
        await _recovery.DisposeAsync();
        _writers.Complete();
        await _running;
    }

    private async Task<AccountState> GetAsync(ReadOperation operation, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _writers.Enqueue(operation);
        return await operation.Task.WaitAsync(ct);
    }
}
