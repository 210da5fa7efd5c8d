namespace Orchestra.Core.Learning.Policies;

/// <summary>What the answers so far say for and against an expert: how many agree and differ, and how likely those were to be right before anything was seen.</summary>
internal static class AgreementNumbers
{
    /// <summary>How many there are.</summary>
    public const int Count = Unasked + 10;

    private const int Unasked = 14;
    private const float Many = 4;

    /// <summary>Writes the numbers of one expert; those of experts that were asked and of the others stand in different places.</summary>
    public static void Write(IReadOnlyList<SeenExpert> experts, int index, Span<float> into)
    {
        if (experts[index].Visible is { } answer)
            WriteAsked(experts, index, answer, into);
        else
            WriteUnasked(experts, into[Unasked..]);
    }

    private static void WriteAsked(IReadOnlyList<SeenExpert> experts, int index, SeenAnswer answer, Span<float> into)
    {
        int agree = 0, differ = 0;
        float support = 0, opposition = 0, strongest = 0, best = 0, accepted = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (i == index || experts[i].Visible is not { Key.Exists: true } other)
                continue;
            var chance = OutcomeWeights.Sigmoid(experts[i].Prior);
            if (answer.Key.Agrees(other.Key))
            {
                agree++;
                support += chance;
                best = Math.Max(best, chance);
                accepted += experts[i].Verdict;
                continue;
            }

            differ++;
            opposition += chance;
            accepted -= experts[i].Verdict;
            strongest = Math.Max(strongest, SupportOf(experts, i, out _));
        }

        into[0] = 1;
        into[1] = answer.Key.Exists ? 0 : 1;
        into[2] = agree > 0 ? 1 : 0;
        into[3] = Math.Min(agree, Many);
        into[4] = differ > 0 ? 1 : 0;
        into[5] = Math.Min(differ, Many);
        into[6] = support;
        into[7] = opposition;
        into[8] = support + OutcomeWeights.Sigmoid(experts[index].Prior) - strongest;
        into[9] = strongest;
        into[10] = best;
        into[11] = agree + differ == 0 ? 0 : (float)(agree - differ) / (agree + differ);
        into[12] = experts[index].Verdict;
        into[13] = accepted;
    }

    private static void WriteUnasked(IReadOnlyList<SeenExpert> experts, Span<float> into)
    {
        int asked = 0, keyed = 0, most = 0, rejected = 0;
        float all = 0, strongest = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Visible is not { } answer)
                continue;
            asked++;
            rejected += experts[i].Verdict < 0 ? 1 : 0;
            if (!answer.Key.Exists)
                continue;
            keyed++;
            all += OutcomeWeights.Sigmoid(experts[i].Prior);
            var support = SupportOf(experts, i, out var supporters);
            strongest = Math.Max(strongest, support);
            most = Math.Max(most, supporters);
        }

        into[0] = 1;
        into[1] = Math.Min(asked, Many) / Many;
        into[2] = keyed < asked ? 1 : 0;
        into[3] = keyed > 1 ? 1 : 0;
        into[4] = most > 1 ? 1 : 0;
        into[5] = keyed == 0 ? 0 : (float)most / keyed;
        into[6] = strongest;
        into[7] = all - strongest;
        into[8] = (2 * strongest) - all;
        into[9] = Math.Min(rejected, 2);
    }

    /// <summary>The sum of the prior chances of all experts that answered the same as one, itself included.</summary>
    private static float SupportOf(IReadOnlyList<SeenExpert> experts, int index, out int supporters)
    {
        supporters = 0;
        var support = 0f;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Visible is not { } other || (i != index && !other.Key.Agrees(experts[index].Visible!.Key)))
                continue;
            supporters++;
            support += OutcomeWeights.Sigmoid(experts[i].Prior);
        }

        return support;
    }
}
