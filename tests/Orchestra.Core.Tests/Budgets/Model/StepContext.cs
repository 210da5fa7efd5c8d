namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>Everything that a host does between two store calls runs here, on the test's thread, in order.</summary>
public sealed class StepContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = [];

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Runs an action and all that follows from it, until the host waits for its store, its clock or its callers.</summary>
    public void Run(Action? action = null)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action?.Invoke();
            while (_work.TryDequeue(out var work))
                work.Callback(work.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
