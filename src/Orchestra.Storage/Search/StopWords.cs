using System.Collections.Frozen;

namespace Orchestra.Storage.Search;

/// <summary>English words too common to tell one passage from another, and what is left of contractions when they are split.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = """
        a about above after again against all also am an and any are aren as at be because been before being below between both but by can could couldn d did didn
        do does doesn doing don down during each few for from further get give had hadn has hasn have haven having he her here hers herself him himself his how i
        if in into is isn it its itself just ll m may me might more most must my myself no nor not now of off on once only or other our ours ourselves out over own
        please re s same shall she should shouldn so some such t tell than that the their theirs them themselves then there these they this those through to too
        under until up us ve very was wasn we were weren what when where which while who whom whose why will with would wouldn you your yours yourself yourselves
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
