namespace Orchestra.Cli.Eval;

/// <summary>Says on standard error what a long evaluation is at; from any thread.</summary>
/// <param name="error">Where to say it.</param>
internal sealed class EvalProgress(TextWriter error)
{
    private readonly Lock _gate = new();

    /// <summary>Says a step.</summary>
    public void Say(string step)
    {
        lock (_gate)
            error.WriteLine(step);
    }
}
