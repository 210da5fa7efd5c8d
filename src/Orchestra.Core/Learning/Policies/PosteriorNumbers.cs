using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The numbers from which an expert's outcome is predicted beside its prior: the expert, the answers so far, whether they agree, and the other experts' priors.</summary>
internal static class PosteriorNumbers
{
    private const int Agreement = 16;
    private const int Priors = 4;

    private static readonly int Known = OutcomeWeights.Width;
    private static readonly int Agreements = Known + Priors;
    private static readonly int Own = Agreements + Agreement;
    private static readonly int Others = Own + AnswerFeatures.Count;

    /// <summary>How many there are.</summary>
    public static readonly int Count = Others + AnswerFeatures.Count;

    /// <summary>Writes the numbers of one expert. All are 0 while there is no answer: then the prior says all.</summary>
    public static void Write(IReadOnlyList<SeenExpert> experts, int index, Span<float> numbers)
    {
        var expert = experts[index];
        numbers.Clear();
        if (!IsAnyAnswered(experts))
            return;
        expert.Coordinates.CopyTo(numbers);
        WritePriors(experts, index, numbers.Slice(Known, Priors));
        WriteAgreement(experts, index, numbers.Slice(Agreements, Agreement));
        if (expert.Answer is { Features.Length: > 0 } own)
            own.Features.CopyTo(numbers[Own..]);
        else
            WriteOthers(experts, numbers.Slice(Others, AnswerFeatures.Count));
    }

    private static bool IsAnyAnswered(IReadOnlyList<SeenExpert> experts)
    {
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Answer is not null)
                return true;
        }

        return false;
    }

    private static void WritePriors(IReadOnlyList<SeenExpert> experts, int index, Span<float> into)
    {
        float sum = 0, best = float.NegativeInfinity;
        var count = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Answer is null)
                continue;
            sum += experts[i].Prior;
            best = Math.Max(best, experts[i].Prior);
            count++;
        }

        if (experts[index].Answer is not null)
        {
            into[0] = experts[index].Prior;
            into[1] = sum / count;
        }
        else
        {
            into[2] = experts[index].Prior;
            into[3] = best;
        }
    }

    private static void WriteAgreement(IReadOnlyList<SeenExpert> experts, int index, Span<float> into)
    {
        var expert = experts[index];
        int asked = 0, keyed = 0, agree = 0, differ = 0, pairs = 0, agreeing = 0, rejected = 0;
        float agreePrice = 0, differPrice = 0, best = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Answer is not { } answer)
                continue;
            asked++;
            rejected += experts[i].Verdict < 0 ? 1 : 0;
            if (!answer.Key.Exists)
                continue;
            keyed++;
            var supporters = 0;
            for (var j = 0; j < experts.Count; j++)
            {
                if (j == i || experts[j].Answer is not { Key.Exists: true } other)
                    continue;
                var same = answer.Key.Agrees(other.Key);
                supporters += same ? 1 : 0;
                if (j < i)
                {
                    pairs++;
                    agreeing += same ? 1 : 0;
                }
            }

            best = Math.Max(best, supporters);
            if (i == index || expert.Answer is not { Key.Exists: true } own)
                continue;
            if (own.Key.Agrees(answer.Key))
            {
                agree++;
                agreePrice += 2 + experts[i].Coordinates[1] + experts[i].Coordinates[2];
            }
            else
            {
                differ++;
                differPrice += 2 + experts[i].Coordinates[1] + experts[i].Coordinates[2];
            }
        }

        if (asked == 0)
            return;
        if (expert.Answer is { } mine)
        {
            into[0] = 1;
            into[1] = mine.Key.Exists ? 0 : 1;
            into[2] = agree > 0 ? 1 : 0;
            into[3] = Math.Min(agree, 3) - (agree > 0 ? 1 : 0);
            into[4] = differ > 0 ? 1 : 0;
            into[5] = Math.Min(differ, 3) - (differ > 0 ? 1 : 0);
            into[6] = (agreePrice - differPrice) / 2;
            into[7] = agree + differ == 0 ? 0 : ((float)(agree - differ) / (agree + differ));
            into[8] = expert.Verdict > 0 ? 1 : 0;
            into[9] = expert.Verdict < 0 ? 1 : 0;
        }
        else
        {
            into[10] = 1;
            into[11] = pairs == 0 ? 0 : (2f * agreeing / pairs) - 1;
            into[12] = best > 0 ? 1 : 0;
            into[13] = keyed == 0 ? 0 : (best + 1) / keyed;
            into[14] = rejected > 0 ? 1 : 0;
            into[15] = pairs == 0 ? 0 : into[11] * expert.Coordinates[1];
        }
    }

    /// <summary>The mean of the answers so far: what they look like tells how hard the query is for those that were not asked.</summary>
    private static void WriteOthers(IReadOnlyList<SeenExpert> experts, Span<float> into)
    {
        var count = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Answer is not { Features.Length: > 0 } answer)
                continue;
            TensorPrimitives.Add(into, answer.Features, into);
            count++;
        }

        if (count > 1)
            TensorPrimitives.Multiply(into, 1f / count, into);
    }
}
