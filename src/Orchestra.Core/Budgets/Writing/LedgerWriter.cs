using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// The one loop that changes accounts: while a commit runs, operations queue; then all of them are decided in order, appended in one commit
/// and answered.
/// </summary>
internal sealed class LedgerWriter(ILedgerStore store, TimeProvider time, LedgerBudgetsOptions options, ILogger logger)
{
    private readonly Channel<BudgetOperation?> operations = Channel.CreateUnbounded<BudgetOperation?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AccountBook book = new(store, time, options);
    private readonly KeptOperations kept = new(options.FirstRetry);
    private readonly List<BudgetOperation> batch = [];
    private int waiting;
    private long? lastFailure;
    private volatile bool sweepDue;
    private volatile bool retryDue;

    /// <summary>Queues an operation; throws where too many wait already, or where the writer is stopping.</summary>
    public void Enqueue(BudgetOperation operation)
    {
        if (!operation.IsKept && Interlocked.Increment(ref waiting) > options.MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new OrchestraException(ErrorCode.Overloaded, 503, "Too many operations wait for the ledger; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        if (!TryEnqueue(operation))
            throw new OrchestraException(ErrorCode.ShuttingDown, 503, "The host is stopping; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>Queues an operation that is kept; false where the writer is stopping.</summary>
    public bool TryEnqueue(BudgetOperation operation) => operations.Writer.TryWrite(operation);

    /// <summary>Lets the loop look for expired reservations and idle accounts.</summary>
    public void Sweep()
    {
        sweepDue = true;
        operations.Writer.TryWrite(null);
    }

    /// <summary>No further operations are taken; the loop ends when those that wait are done.</summary>
    public void Complete() => operations.Writer.TryComplete();

    public async Task RunAsync()
    {
        await using var retry = time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (await operations.Reader.WaitToReadAsync())
        {
            Take();
            await CommitAsync();
            if (kept.NextTry() is { } wait)
                retry.Change(wait, Timeout.InfiniteTimeSpan);
        }

        await FlushAsync();
    }

    private void Retry()
    {
        retryDue = true;
        operations.Writer.TryWrite(null);
    }

    private void Take()
    {
        batch.Clear();
        if (retryDue)
        {
            retryDue = false;
            kept.MoveTo(batch, options.MaxBatch);
        }

        while (batch.Count < options.MaxBatch && operations.Reader.TryRead(out var operation))
        {
            if (operation is null)
                continue;
            if (!operation.IsKept)
                Interlocked.Decrement(ref waiting);
            batch.Add(operation);
        }

        if (!sweepDue)
            return;
        sweepDue = false;
        book.EvictIdle();
        book.AddExpired(batch, batch.Count + options.MaxBatch);
    }

    private async Task CommitAsync()
    {
        if (batch.Count == 0)
            return;
        var commit = new LedgerCommit(store, book, time, options, logger, batch);
        try
        {
            await commit.RunAsync();
        }
        catch (Exception error)
        {
            // Whatever it was, the loop goes on: an account that is not known to equal the store is read again before it is used.
            LogFailure(error);
            commit.Abandon();
            foreach (var operation in batch)
                FailOrKeep(operation, error);
            return;
        }

        foreach (var (operation, error) in commit.Failed)
            FailOrKeep(operation, error);
        foreach (var operation in batch)
            Answer(operation);
        await commit.SnapshotAsync();
    }

    // A store that is down fails every batch: one line a second is enough.
    private void LogFailure(Exception error)
    {
        var now = time.GetTimestamp();
        if (lastFailure is { } last && time.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1))
            return;
        lastFailure = now;
        logger.CommitFailed(batch.Count, error);
    }

    private void Answer(BudgetOperation operation)
    {
        if (operation is ReserveOperation { Outcome: AccountOutcome.Append or AccountOutcome.AlreadyDone } reserve)
            kept.Forget(reserve.Reservation.Id);
        OperationLog.Write(logger, operation);
        operation.Answer();
    }

    private void FailOrKeep(BudgetOperation operation, Exception error)
    {
        if (operation.IsKept)
        {
            kept.Add(operation);
            return;
        }

        operation.Fail(error as OrchestraException ?? new OrchestraException(
            ErrorCode.Internal, 500, "The ledger could not be written, so nothing may be called; try again, and look into the host's log if it stays so.", error));
        // The commit may have happened all the same, and the caller was told that it holds nothing.
        if (operation is ReserveOperation reserve)
            kept.Add(new ReleaseOperation(reserve.Reservation));
    }

    private async Task FlushAsync()
    {
        for (var tries = 0; tries < options.ShutdownTries && kept.Count > 0; tries++)
        {
            if (tries > 0 && kept.NextTry() is { } wait)
                await Task.Delay(wait, time);
            batch.Clear();
            kept.MoveTo(batch, int.MaxValue);
            await CommitAsync();
        }

        batch.Clear();
        kept.MoveTo(batch, int.MaxValue);
        foreach (var operation in batch)
        {
            OperationLog.WriteLost(logger, operation);
            operation.Fail(new OrchestraException(ErrorCode.ShuttingDown, 503, "The host stopped before the ledger could be written; the reservation expires and is billed."));
        }
    }
}
