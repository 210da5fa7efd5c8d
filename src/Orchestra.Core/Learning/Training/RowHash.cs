using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Training;

/// <summary>Puts rows into folds by their prompts, so that the same question never stands on both sides.</summary>
internal static class RowHash
{
    /// <summary>A number from 0 to 2³¹ − 1.</summary>
    public static int Of(string prompt, long seed)
    {
        var hash = TermHash.Start;
        foreach (var letter in prompt)
            hash = TermHash.Add(hash, letter);
        return (int)(TermHash.Mix(TermHash.Pair(hash, (uint)(seed ^ (seed >> 32)))) >> 1);
    }
}
