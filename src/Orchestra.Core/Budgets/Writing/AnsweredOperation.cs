using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>An operation whose caller awaits an answer; callers go on outside the writer's loop.</summary>
internal abstract class AnsweredOperation<T>(string tenantId) : BudgetOperation(tenantId)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _answer.Task;

    protected bool IsAccepted => Outcome is AccountOutcome.Append or AccountOutcome.AlreadyDone;

    public override void Fail(Exception error) => _answer.TrySetException(error);

    protected void Succeed(T value) => _answer.TrySetResult(value);
}
