namespace Orchestra.Core.Learning.Embeddings;

/// <summary>The frequent English words that say little about what a text is about.</summary>
internal static class FunctionWords
{
    private const int Slots = 1024;

    private const string All =
        "a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does doing down during each either " +
        "every few following for from further get given had has have having he her here hers him his how i if in into is it its itself just let like ll many may me might more most much must my " +
        "no nor not now of off on once one only or other our out over own per please re s same shall she should so some such t than that the their them then there these they this those through " +
        "to too under until up upon us use used using ve very was we were what when where whether which while who whom whose why will with within without would you your";

    private static readonly ulong[] Table = CreateTable();

    /// <summary>Whether a word, given by its <see cref="TextHash"/>, is one of them.</summary>
    public static bool Contains(ulong hash)
    {
        for (var slot = SlotOf(hash); Table[slot] is var found and not 0; slot = (slot + 1) % Slots)
        {
            if (found == hash)
                return true;
        }

        return false;
    }

    private static ulong[] CreateTable()
    {
        var table = new ulong[Slots];
        foreach (var word in All.Split(' '))
        {
            var hash = TextHash.Seed;
            foreach (var character in word)
                hash = TextHash.Append(hash, character);
            var slot = SlotOf(hash);
            while (table[slot] != 0)
                slot = (slot + 1) % Slots;
            table[slot] = hash;
        }

        return table;
    }

    private static int SlotOf(ulong hash) => (int)(TextHash.Finish(hash) >> 54);
}
