namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>A call of a host to its store, which happens and is answered when the test says so.</summary>
public sealed class StoreCall(string name, Action happen, Action answer, Action<Exception> fail)
{
    public string Name => name;

    public bool HasHappened { get; private set; }

    public bool IsAnswered { get; private set; }

    public void Happen()
    {
        if (!HasHappened)
            happen();
        HasHappened = true;
    }

    public void Answer()
    {
        Happen();
        if (!IsAnswered)
            answer();
        IsAnswered = true;
    }

    /// <summary>The host learns of a failure; whether the call has happened, or still will, it cannot know.</summary>
    public void Fail()
    {
        IsAnswered = true;
        fail(new IOException("The connection is lost."));
    }
}
