using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tables;

/// <summary>Tells a person of the rows of outcome tables that were skipped: the first few one by one, the rest as a number.</summary>
/// <param name="error">Where to tell it.</param>
public sealed class MalformedRowLog(TextWriter error)
{
    /// <summary>Rows that are told one by one.</summary>
    public const int Shown = 20;

    private int _count;

    /// <summary>Counts a row, and shows it where it is among the first.</summary>
    public void Add(MalformedRow row)
    {
        if (++_count <= Shown)
            error.WriteLine($"Skipped {row}");
    }

    /// <summary>Says how many rows were not shown.</summary>
    public void Finish()
    {
        if (_count > Shown)
            error.WriteLine($"Skipped {_count - Shown} more rows that are malformed.");
    }
}
