using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Policies;

/// <summary>What a policy weighs of a possible move.</summary>
internal static class MoveNumbers
{
    /// <summary>How many numbers describe a move.</summary>
    public const int Count = 20;

    private const float Discrimination = 0.35f;
    private const float DoubtOfVerify = -0.1f;

    /// <summary>Weights that compare expected rewards one step ahead.</summary>
    public static void WriteInitialWeights(Span<float> weights)
    {
        weights[2] = DoubtOfVerify;
        weights[3] = 1;
        WriteHelp(weights, Discrimination);
    }

    /// <summary>Weights for how much a further answer is taken to help, 0 to 1.</summary>
    public static void WriteHelp(Span<float> weights, float help)
    {
        weights[4] = 1 - help;
        weights[5] = help;
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
        numbers[6] = expert.Chance;
        numbers[7] = outlook.Best;
        numbers[8] = outlook.Thrift;
        numbers[9] = outlook.Asked == 0 ? 0 : outlook.Agreeing;
        numbers[10] = Math.Min(outlook.Asked, 4) / 4f;
        switch (move.Kind)
        {
            case ReplayMoveKind.Finish:
                numbers[0] = 1;
                numbers[3] = expert.Chance * outlook.Worth(0);
                numbers[11] = expert.Verdict;
                numbers[12] = expert.Chance * outlook.Thrift;
                break;
            case ReplayMoveKind.Delegate:
                var worth = outlook.Worth(expert.Cost);
                numbers[1] = 1;
                numbers[4] = Math.Max(outlook.Best, expert.Chance) * worth;
                numbers[5] = (1 - ((1 - outlook.Best) * (1 - expert.Chance))) * worth;
                numbers[13] = (float)Math.Clamp(Math.Log10(Math.Max(1e-9, expert.Cost) / outlook.Scale), -3, 3);
                numbers[14] = numbers[13] * outlook.Thrift;
                numbers[15] = outlook.Asked == 0 ? 1 : 0;
                numbers[16] = expert.Chance - outlook.Best;
                numbers[17] = expert.NearbyWeight;
                break;
            default:
                numbers[2] = 1;
                numbers[3] = expert.Chance * outlook.Worth(0);
                numbers[18] = expert.Chance - outlook.Best;
                numbers[19] = expert.Chance * (1 - expert.Chance);
                break;
        }
    }
}
