using Microsoft.Extensions.Logging;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>The loops that change accounts, each with its part of the tenants: while one waits for its commit, another works.</summary>
internal sealed class LedgerWriters
{
    private readonly LedgerWriter[] _writers;

    public LedgerWriters(ILedgerStore store, TimeProvider time, IdGenerator ids, LedgerBudgetsOptions options, ILogger logger)
    {
        var each = options with
        {
            MaxWaiting = PartOf(options.MaxWaiting, options.Writers), MaxAccounts = PartOf(options.MaxAccounts, options.Writers),
        };
        _writers = [.. Enumerable.Range(0, options.Writers).Select(_ => new LedgerWriter(store, time, ids, each, logger))];
    }

    /// <summary>Queues an operation; throws where too many wait already, or where the writers are stopping.</summary>
    public void Enqueue(BudgetOperation operation) => Of(operation).Enqueue(operation);

    /// <summary>Queues an operation that is kept; false where the writers are stopping.</summary>
    public bool TryEnqueue(BudgetOperation operation) => Of(operation).TryEnqueue(operation);

    /// <summary>Gives an operation up because the writers have stopped.</summary>
    public void Refuse(BudgetOperation operation) => Of(operation).Refuse(operation);

    /// <summary>Lets the loops look for expired reservations and idle accounts.</summary>
    public void Sweep() => Array.ForEach(_writers, writer => writer.Sweep());

    /// <summary>No further operations are taken; the loops end when those that wait are done.</summary>
    public void Complete() => Array.ForEach(_writers, writer => writer.Complete());

    public Task RunAsync() => Task.WhenAll(_writers.Select(writer => Task.Run(writer.RunAsync)));

    private static int PartOf(int all, int parts) => Math.Max(1, all / parts);

    private LedgerWriter Of(BudgetOperation operation) =>
        _writers.Length == 1 ? _writers[0] : _writers[(uint)StringComparer.Ordinal.GetHashCode(operation.TenantId) % (uint)_writers.Length];
}
