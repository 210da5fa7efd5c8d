using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// The one loop that changes accounts: while a commit runs, operations queue; then all of them are decided in order, appended in one commit
/// and answered.
/// </summary>
internal sealed class LedgerWriter(ILedgerStore store, TimeProvider time, IdGenerator ids, LedgerBudgetsOptions options, ILogger logger)
{
    private readonly Channel<BudgetOperation?> _operations = Channel.CreateUnbounded<BudgetOperation?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AccountBook _book = new(store, time, options);
    private readonly KeptOperations _kept = new(options.FirstRetry);
    private readonly HeldReservations _held = new(time, ids, options);
    private readonly List<BudgetOperation> _batch = [];
    private int _waiting;
    private long? _lastFailure;
    private volatile bool _sweepDue;
    private volatile bool _retryDue;

    /// <summary>Queues an operation; throws where too many wait already, or where the writer is stopping.</summary>
    public void Enqueue(BudgetOperation operation)
    {
        if (!operation.IsKept && Interlocked.Increment(ref _waiting) > options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new OrchestraException(ErrorCode.Overloaded, 503, "Too many operations wait for the ledger; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }

        if (!TryEnqueue(operation))
            throw new OrchestraException(ErrorCode.ShuttingDown, 503, "The host is stopping; try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    /// <summary>Queues an operation that is kept; false where the writer is stopping.</summary>
    public bool TryEnqueue(BudgetOperation operation) => _operations.Writer.TryWrite(operation);

    /// <summary>Gives an operation up because the writer has stopped.</summary>
    public void Refuse(BudgetOperation operation)
    {
        OperationLog.WriteLost(logger, operation);
        operation.Fail(new OrchestraException(ErrorCode.ShuttingDown, 503, "The host stopped before the ledger could be written; the reservation expires and is billed."));
    }

    /// <summary>Lets the loop look for expired reservations and idle accounts.</summary>
    public void Sweep()
    {
        _sweepDue = true;
        _operations.Writer.TryWrite(null);
    }

    /// <summary>No further operations are taken; the loop ends when those that wait are done.</summary>
    public void Complete() => _operations.Writer.TryComplete();

    public async Task RunAsync()
    {
        await using var retry = time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var wake = time.CreateTimer(_ => _operations.Writer.TryWrite(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (await _operations.Reader.WaitToReadAsync())
        {
            _batch.Clear();
            Take();
            await AwaitCompanyAsync(wake);
            await CommitAsync();
            if (_kept.NextTry() is { } wait)
                retry.Change(wait, Timeout.InfiniteTimeSpan);
        }

        await FlushAsync();
    }

    /// <summary>
    /// Nobody waits for a settlement, so it may share its commit with what comes next: a client that asks again at once then waits for one commit
    /// instead of two.
    /// </summary>
    private async ValueTask AwaitCompanyAsync(ITimer wake)
    {
        if (options.SettlementWait == TimeSpan.Zero || _batch.Count is 0 || _batch.Exists(operation => operation is not SettleOperation))
            return;
        wake.Change(options.SettlementWait, Timeout.InfiniteTimeSpan);
        await _operations.Reader.WaitToReadAsync();
        Take();
    }

    private void Retry()
    {
        _retryDue = true;
        _operations.Writer.TryWrite(null);
    }

    private void Take()
    {
        while (_batch.Count < options.MaxBatch && _operations.Reader.TryRead(out var operation))
        {
            if (operation is null)
                continue;
            if (!operation.IsKept)
                Interlocked.Decrement(ref _waiting);
            _held.Forget(operation);
            _batch.Add(operation);
        }

        // The flags are read behind the queue, which holds what woke the loop for them; what they stand for comes first, so that answers see it. Renewals
        // come before expiries: a call of this host that is under way does not expire.
        if (_sweepDue)
        {
            _sweepDue = false;
            _book.EvictIdle();
            _batch.InsertRange(0, _book.Expired(options.MaxBatch));
            _batch.InsertRange(0, _held.Renewals(_book, options.MaxBatch));
        }

        if (_retryDue)
        {
            _retryDue = false;
            _batch.InsertRange(0, _kept.Take(options.MaxBatch));
        }
    }

    private async Task CommitAsync()
    {
        if (_batch.Count == 0)
            return;
        var commit = new LedgerCommit(store, _book, time, options, logger, _batch);
        var started = time.GetTimestamp();
        try
        {
            await commit.RunAsync();
            BudgetInstruments.Committed(_batch.Count, time.GetElapsedTime(started));
        }
        catch (Exception error)
        {
            // Whatever it was, the loop goes on: an account that is not known to equal the store is read again before it is used.
            LogFailure(error);
            commit.Abandon();
            foreach (var operation in _batch)
            {
                if (!operation.IsDone)
                    FailOrKeep(operation, error);
            }
        }

        foreach (var (operation, error) in commit.Failed)
            FailOrKeep(operation, error);
        foreach (var operation in _batch)
        {
            if (operation.IsDone)
                Answer(operation);
        }

        await commit.SnapshotAsync();
    }

    // A store that is down fails every batch: one line a second is enough.
    private void LogFailure(Exception error)
    {
        var now = time.GetTimestamp();
        if (_lastFailure is { } last && time.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1))
            return;
        _lastFailure = now;
        logger.CommitFailed(_batch.Count, error);
    }

    private void Answer(BudgetOperation operation)
    {
        try
        {
            if (operation is ReserveOperation { Outcome: AccountOutcome.Append or AccountOutcome.AlreadyDone } reserve)
                _kept.Forget(reserve.Reservation);
            _held.Note(operation);
            operation.Answer();
            OperationLog.Write(logger, operation);
            OperationLog.WriteWarnings(logger, operation);
        }
        catch (Exception error)
        {
            // Even a log that cannot be written must not leave the other callers without an answer.
            operation.Fail(error);
        }
    }

    private void FailOrKeep(BudgetOperation operation, Exception error)
    {
        if (operation.IsKept)
        {
            _kept.Add(operation);
            return;
        }

        operation.Fail(error as OrchestraException ?? new OrchestraException(
            ErrorCode.Internal, 500, "The ledger could not be written, so nothing may be called; try again, and look into the host's log if it stays so.", error));
        // The commit may have happened all the same, and the caller was told that it holds nothing.
        if (operation is ReserveOperation reserve)
            _kept.Add(new ReleaseOperation(reserve.Reservation));
    }

    private async Task FlushAsync()
    {
        for (var tries = 0; tries < options.ShutdownTries && _kept.Count > 0; tries++)
        {
            if (tries > 0 && _kept.NextTry() is { } wait)
                await Task.Delay(wait, time);
            _batch.Clear();
            _batch.AddRange(_kept.Take(int.MaxValue));
            await CommitAsync();
        }

        foreach (var operation in _kept.Take(int.MaxValue))
            Refuse(operation);
    }
}
