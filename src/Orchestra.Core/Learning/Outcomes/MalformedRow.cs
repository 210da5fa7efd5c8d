namespace Orchestra.Core.Learning.Outcomes;

/// <summary>A line of an outcome table that was skipped because it is not a row.</summary>
/// <param name="File">The table's path.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Reason">What is wrong with it; never holds the prompt.</param>
public sealed record MalformedRow(string File, long Line, string Reason)
{
    /// <summary>The file, the line and the reason, as a person looks them up.</summary>
    public override string ToString() => $"{File}:{Line}: {Reason}";
}
