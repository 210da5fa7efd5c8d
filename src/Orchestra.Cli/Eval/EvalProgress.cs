namespace Orchestra.Cli.Eval;

/// <summary>Says on standard error what a long evaluation is at.</summary>
/// <param name="error">Where to say it.</param>
internal sealed class EvalProgress(TextWriter error)
{
    /// <summary>Says a step.</summary>
    public void Say(string step) => error.WriteLine(step);
}
