using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// What a policy weighs of a possible move. Most numbers are expected rewards under some guess of how the query goes on: that an answer is given at once, that the better of two answers is
/// known, that after this expert the one that is best for its price is asked.
/// </summary>
internal static class MoveNumbers
{
    /// <summary>How many numbers describe a move.</summary>
    public const int Count = 29;

    /// <summary>Where the numbers of asking for an answer that can be looked at begin; the other moves have zeros there, up to <see cref="AskEnd"/>.</summary>
    public const int AskStart = 4;

    /// <summary>Behind the numbers of asking.</summary>
    public const int AskEnd = 23;

    private const float DoubtOfVerify = -0.1f;

    /// <summary>Weights that compare expected rewards: those of giving an answer, and of asking for one that cannot be looked at, are known; the others are a guess until they are learned.</summary>
    public static void WriteInitialWeights(Span<float> weights)
    {
        weights[2] = DoubtOfVerify;
        weights[3] = 1;
        weights[9] = 0.25f;
        weights[16] = 0.75f;
    }

    /// <summary>Writes the numbers of a move.</summary>
    /// <param name="outlook">What is predicted.</param>
    /// <param name="experts">The experts.</param>
    /// <param name="move">The move.</param>
    /// <param name="numbers">Takes <see cref="Count"/> numbers.</param>
    public static void Write(in Outlook outlook, IReadOnlyList<SeenExpert> experts, ReplayMove move, Span<float> numbers)
    {
        var expert = experts[move.Expert];
        numbers.Clear();
        switch (move.Kind)
        {
            case ReplayMoveKind.Finish:
                numbers[0] = 1;
                numbers[3] = expert.Chance * outlook.Worth(0);
                break;
            case ReplayMoveKind.Delegate:
                numbers[1] = 1;
                if (expert.IsReadable)
                    WriteAsking(outlook, experts, move.Expert, numbers);
                else
                    WriteBuying(outlook, expert, numbers);
                break;
            default:
                numbers[2] = 1;
                numbers[3] = expert.Chance * outlook.Worth(0);
                numbers[23] = expert.Chance - outlook.Best;
                numbers[24] = expert.Chance * (1 - expert.Chance);
                numbers[25] = outlook.Asked > 1 ? 1 : 0;
                break;
        }
    }

    private static void WriteBuying(in Outlook outlook, SeenExpert expert, Span<float> numbers)
    {
        numbers[3] = Math.Max(expert.Chance, outlook.Best) * outlook.Worth(expert.Cost);
        numbers[26] = 1;
        numbers[27] = RelativePrice(outlook, expert);
        numbers[28] = expert.Chance - outlook.Best;
    }

    private static float RelativePrice(in Outlook outlook, SeenExpert expert) => (float)Math.Clamp(Math.Log10(Math.Max(1e-9, expert.Cost) / outlook.Scale), -3, 3) / 3;

    private static void WriteAsking(in Outlook outlook, IReadOnlyList<SeenExpert> experts, int index, Span<float> numbers)
    {
        var expert = experts[index];
        var worth = outlook.Worth(expert.Cost);
        var (chance, best) = (expert.Chance, outlook.Best);
        var either = 1 - ((1 - best) * (1 - chance));
        var later = Later(outlook, experts, index);
        numbers[4] = Math.Max(best, chance) * worth;
        numbers[5] = either * worth;
        numbers[6] = later;
        numbers[7] = Math.Max(best * worth, later);
        numbers[8] = (chance * worth) + ((1 - chance) * later);
        numbers[9] = (either * worth) + ((1 - either) * later);
        numbers[10] = (best * worth) + ((1 - best) * later);
        numbers[11] = best * worth;
        numbers[12] = chance * worth;
        numbers[13] = best * best * worth;
        numbers[14] = chance * chance * worth;
        numbers[15] = chance * best * worth;
        numbers[16] = Math.Max(numbers[7], chance * worth);
        numbers[17] = RelativePrice(outlook, expert);
        numbers[18] = numbers[17] * outlook.Thrift;
        numbers[19] = outlook.Asked == 0 ? 1 : 0;
        numbers[20] = Math.Min(outlook.Asked, 4) / 4f;
        numbers[21] = outlook.Asked == 0 ? 0 : outlook.Agreeing;
        numbers[22] = later * best;
    }

    /// <summary>The expected reward of asking another expert after this one and giving its answer; 0 where there is none.</summary>
    private static float Later(in Outlook outlook, IReadOnlyList<SeenExpert> experts, int index)
    {
        var most = 0f;
        for (var i = 0; i < experts.Count; i++)
        {
            if (i != index && experts[i].IsPresent && experts[i].Answer is null)
                most = Math.Max(most, experts[i].Chance * outlook.Worth(experts[index].Cost + experts[i].Cost));
        }

        return most;
    }
}
