using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The numbers from which an expert's outcome is predicted beside its prior: the expert, all priors, the answers so far, and whether they agree.</summary>
internal static class PosteriorNumbers
{
    private const int Priors = 8;

    private static readonly int Known = OutcomeWeights.Width;
    private static readonly int Agreements = Known + Priors;
    private static readonly int Own = Agreements + AgreementNumbers.Count;
    private static readonly int Others = Own + AnswerFeatures.Count;

    /// <summary>How many there are.</summary>
    public static readonly int Count = Others + AnswerFeatures.Count;

    /// <summary>Whether any answer can be looked at; while none can, the prior says all.</summary>
    public static bool IsAnyAnswered(IReadOnlyList<SeenExpert> experts)
    {
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Visible is not null)
                return true;
        }

        return false;
    }

    /// <summary>Writes the numbers of one expert; there must be an answer that can be looked at.</summary>
    public static void Write(IReadOnlyList<SeenExpert> experts, int index, Span<float> numbers)
    {
        var expert = experts[index];
        numbers.Clear();
        expert.Coordinates.CopyTo(numbers);
        WritePriors(experts, index, numbers.Slice(Known, Priors));
        AgreementNumbers.Write(experts, index, numbers.Slice(Agreements, AgreementNumbers.Count));
        if (expert.Visible is { } own)
            own.Features.CopyTo(numbers[Own..]);
        else
            WriteOthers(experts, numbers.Slice(Others, AnswerFeatures.Count));
    }

    private static void WritePriors(IReadOnlyList<SeenExpert> experts, int index, Span<float> into)
    {
        float asked = 0, best = float.NegativeInfinity, all = 0;
        int count = 0, present = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (!experts[i].IsPresent)
                continue;
            all += experts[i].Prior;
            present++;
            if (experts[i].Visible is null)
                continue;
            asked += experts[i].Prior;
            best = Math.Max(best, experts[i].Prior);
            count++;
        }

        into = into[(experts[index].Visible is null ? Priors / 2 : 0)..];
        into[0] = experts[index].Prior;
        into[1] = count == 0 ? 0 : asked / count;
        into[2] = count == 0 ? 0 : best;
        into[3] = present == 0 ? 0 : all / present;
    }

    /// <summary>The mean of the answers so far: what they look like tells how hard the query is for those that were not asked.</summary>
    private static void WriteOthers(IReadOnlyList<SeenExpert> experts, Span<float> into)
    {
        var count = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            if (experts[i].Visible is not { Features.Length: > 0 } answer)
                continue;
            TensorPrimitives.Add(into, answer.Features, into);
            count++;
        }

        if (count > 1)
            TensorPrimitives.Multiply(into, 1f / count, into);
    }
}
