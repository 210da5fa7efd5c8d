using System.Numerics.Tensors;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// The mean cross-entropy of one expert's outcomes with a quadratic penalty. The parameters are a weight for each bucket of terms, one for each number of a query, and a constant, as in
/// <see cref="ExpertStrengths"/>.
/// </summary>
/// <param name="cases">The outcomes.</param>
/// <param name="buckets">Buckets of terms.</param>
/// <param name="numbers">Numbers of a query.</param>
/// <param name="termPenalty">The penalty on squared weights of terms, beside the sum over all cases.</param>
/// <param name="numberPenalty">That on squared weights of numbers.</param>
/// <param name="constantPenalty">That on the squared constant.</param>
internal sealed class StrengthObjective(IReadOnlyList<StrengthCase> cases, int buckets, int numbers, float termPenalty, float numberPenalty, float constantPenalty) : IObjective
{
    /// <inheritdoc/>
    public int Length => buckets + numbers + 1;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        gradient.Clear();
        var loss = 0.0;
        var weights = point.Slice(buckets, numbers);
        var numberGradient = gradient.Slice(buckets, numbers);
        foreach (var one in cases)
        {
            var sum = 0f;
            foreach (var term in one.Terms)
                sum += point[term];
            var logit = one.Offset + (sum * one.TermValue) + TensorPrimitives.Dot(weights, one.Numbers) + point[^1];
            loss += OutcomeWeights.Softplus(logit) - (one.Score * logit);
            var slope = OutcomeWeights.Sigmoid(logit) - one.Score;
            TensorPrimitives.MultiplyAdd(one.Numbers, slope, numberGradient, numberGradient);
            gradient[^1] += slope;
            slope *= one.TermValue;
            foreach (var term in one.Terms)
                gradient[term] += slope;
        }

        loss += Penalise(point[..buckets], gradient[..buckets], termPenalty) + Penalise(weights, numberGradient, numberPenalty) + Penalise(point[^1..], gradient[^1..], constantPenalty);
        var share = 1f / Math.Max(1, cases.Count);
        TensorPrimitives.Multiply(gradient, share, gradient);
        return loss * share;
    }

    private static double Penalise(ReadOnlySpan<float> point, Span<float> gradient, float penalty)
    {
        TensorPrimitives.MultiplyAdd(point, penalty, gradient, gradient);
        return 0.5 * penalty * TensorPrimitives.SumOfSquares(point);
    }
}
