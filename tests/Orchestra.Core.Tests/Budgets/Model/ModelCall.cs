using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Writing;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>An operation that a caller awaits on a host, and what its answer must be true to.</summary>
internal sealed class ModelCall(ModelHost host, LedgerRules rules, BudgetOperation operation, string id, Reservation? reservation, Money amount)
{
    private readonly int _since = rules.Ledger.Count;
    private readonly int _sinceTime = host.Times.Count;
    private readonly DateTimeOffset _at = host.Time.GetUtcNow();

    public ModelHost Host => host;

    public BudgetOperation Operation => operation;

    public Reservation? Reservation => reservation;

    public bool IsAnswered => TaskOf().IsCompleted;

    public bool Succeeded => TaskOf().IsCompletedSuccessfully;

    public override string ToString() => $"{operation.GetType().Name} {id} {amount.Nanos} on {host.Name}";

    /// <summary>Checks an answer right when it was given: everything that it says is in the ledger.</summary>
    /// <param name="storeFailed">Whether the host's store has failed.</param>
    public void Check(bool storeFailed)
    {
        var error = TaskOf().Exception?.InnerException;
        if (error is InsufficientQuotaException)
            CheckRefusal();
        else if (error is OrchestraException known)
            (known.Code is ErrorCode.Conflict or ErrorCode.Overloaded or ErrorCode.NotFound or ErrorCode.InvalidRequest || (known.Code == ErrorCode.Internal && storeFailed))
                .ShouldBeTrue($"{this}: {known}");
        else if (error is not null)
            throw new InvalidOperationException($"{this} failed.", error);
        else
            CheckSuccess();
    }

    private void CheckSuccess()
    {
        switch (operation)
        {
            case ReserveOperation:
                Recorded(LedgerEntryKind.Reserve).Entry.Payer.ShouldBe(reservation!.Payer);
                break;
            case ExtendOperation:
                Recorded(LedgerEntryKind.Extend).Entry.ReservationId.ShouldBe(reservation!.Id);
                break;
            case SettleOperation:
                var rows = rules.Ledger.RowsOf(id);
                rows.Where(row => row.IsSpending).Sum(row => row.Nanos + row.Entry.Uncovered.Nanos).ShouldBe(amount.Nanos, $"{this}: what is billed");
                rules.Ledger.HeldFor(id, rules.Ledger.Count).ShouldBeNull();
                break;
            case ChangeOperation { Task: var task }:
                task.GetAwaiter().GetResult().Version.ShouldBeGreaterThanOrEqualTo(rules.Ledger.Rows.Single(row => row.Entry.OperationId == id).Entry.Version);
                CheckState(task.GetAwaiter().GetResult());
                break;
            case ReadOperation { Task: var task }:
                task.GetAwaiter().GetResult().Version.ShouldBeGreaterThanOrEqualTo(_since, "a read does not show what was answered before it");
                CheckState(task.GetAwaiter().GetResult());
                break;
            default:
                throw new InvalidOperationException($"Nobody awaits {operation}.");
        }
    }

    private NaiveRow Recorded(LedgerEntryKind kind)
    {
        var row = rules.Ledger.Rows.SingleOrDefault(row => row.Entry.OperationId == id && row.Kind == kind);
        row.ShouldNotBeNull($"{this}: answered before it was durable");
        row.Entry.Amount.ShouldBe(amount);
        return row;
    }

    private void CheckState(AccountState state)
    {
        var version = (int)state.Version;
        version.ShouldBeLessThanOrEqualTo(rules.Ledger.Count, $"{this}: the answer shows what is not durable");
        state.Spent.Nanos.ShouldBe(rules.Ledger.SpentEver(version));
        state.Reserved.Nanos.ShouldBe(rules.Ledger.ReservedIn(BudgetScope.Tenant, version));
    }

    /// <summary>A refusal is right when a limit did not allow it at some moment between question and answer.</summary>
    private void CheckRefusal()
    {
        List<DateTimeOffset> times = [_at, operation.Loaded!.Now, .. host.Times.Skip(_sinceTime)];
        for (var version = _since; version <= rules.Ledger.Count; version++)
        {
            if (times.Exists(at => rules.Ledger.Refuses(reservation!.Payer, amount.Nanos, at, version)))
                return;
        }

        // Behind a ledger whose clock is ahead an account has its own time, which is not known here.
        rules.Ledger.Rows[^1].At.ShouldBeGreaterThan(times[0], $"{this} was refused because of money that nobody holds");
    }

    private Task TaskOf() => operation switch
    {
        ReserveOperation reserve => reserve.Task,
        ExtendOperation extend => extend.Task,
        SettleOperation settle => settle.Task,
        ChangeOperation change => change.Task,
        ReadOperation read => read.Task,
        _ => throw new InvalidOperationException($"Nobody awaits {operation}."),
    };
}
