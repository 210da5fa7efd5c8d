using System.Runtime.Intrinsics;

namespace Orchestra.Core.Learning.Policies;

/// <summary>How the weights of predicted outcomes are laid out, and the arithmetic that training and deciding share.</summary>
internal static class OutcomeWeights
{
    /// <summary>Weights of a term: as many as an expert has coordinates.</summary>
    public const int Width = 8;

    /// <summary>Adds up the weights of a query's terms.</summary>
    public static void Project(ReadOnlySpan<float> weights, ReadOnlySpan<int> terms, float value, Span<float> projection)
    {
        var sum = Vector256<float>.Zero;
        foreach (var term in terms)
            sum += Vector256.Create(weights.Slice(term * Width, Width));
        (sum * value).CopyTo(projection);
    }

    /// <summary>The logistic function.</summary>
    public static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>What an outcome of 0 costs at these log-odds, in nats; one of 1 costs as much less as the log-odds are.</summary>
    public static double Softplus(float logit) => logit > 0 ? logit + Math.Log(1 + Math.Exp(-logit)) : Math.Log(1 + Math.Exp(logit));
}
