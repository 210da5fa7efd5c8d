using System.Numerics.Tensors;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// The mean cross-entropy of predicted outcomes with a quadratic penalty. The parameters are those of <see cref="OutcomeWeights"/>: a row of <see cref="OutcomeWeights.Width"/> numbers for each
/// bucket of terms, then one number for each number of a case.
/// </summary>
internal sealed class OutcomeObjective : IObjective
{
    private const int Parts = 2;   // fixed, not the machine's number of cores: the order of additions decides the last bits
    private readonly IReadOnlyList<CaseGroup> _groups;
    private readonly int _buckets;
    private readonly int _numbers;
    private readonly float _termPenalty;
    private readonly float _numberPenalty;
    private readonly double _weight;
    private readonly float[][] _gradients;

    /// <summary>An objective over these cases.</summary>
    /// <param name="groups">Cases, grouped by query.</param>
    /// <param name="buckets">Buckets of terms.</param>
    /// <param name="numbers">Numbers of a case.</param>
    /// <param name="termPenalty">The penalty on squared weights of terms.</param>
    /// <param name="numberPenalty">The penalty on squared weights of numbers.</param>
    public OutcomeObjective(IReadOnlyList<CaseGroup> groups, int buckets, int numbers, float termPenalty, float numberPenalty)
    {
        _groups = groups;
        _buckets = buckets;
        _numbers = numbers;
        _termPenalty = termPenalty;
        _numberPenalty = numberPenalty;
        _weight = groups.Sum(group => group.Cases.Sum(one => (double)one.Weight));
        _gradients = [.. Enumerable.Range(0, Parts).Select(_ => new float[Length])];
    }

    /// <inheritdoc/>
    public int Length => (_buckets * OutcomeWeights.Width) + _numbers;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        var parameters = point.ToArray();
        var losses = new double[Parts];
        TrainingCores.For(Parts, CancellationToken.None, part => losses[part] = EvaluatePart(parameters, part));
        gradient.Clear();
        for (var part = 0; part < Parts; part++)
            TensorPrimitives.Add(gradient, _gradients[part], gradient);
        TensorPrimitives.Multiply(gradient, (float)(1 / _weight), gradient);
        var terms = _buckets * OutcomeWeights.Width;
        TensorPrimitives.MultiplyAdd(point[..terms], _termPenalty, gradient[..terms], gradient[..terms]);
        TensorPrimitives.MultiplyAdd(point[terms..], _numberPenalty, gradient[terms..], gradient[terms..]);
        return (losses.Sum() / _weight) + (0.5 * _termPenalty * TensorPrimitives.SumOfSquares(point[..terms])) + (0.5 * _numberPenalty * TensorPrimitives.SumOfSquares(point[terms..]));
    }

    private double EvaluatePart(float[] point, int part)
    {
        var gradient = _gradients[part];
        Array.Clear(gradient);
        var numbers = _buckets * OutcomeWeights.Width;
        var loss = 0.0;
        Span<float> projection = stackalloc float[OutcomeWeights.Width];
        Span<float> error = stackalloc float[OutcomeWeights.Width];
        for (var i = part; i < _groups.Count; i += Parts)
        {
            var group = _groups[i];
            OutcomeWeights.Project(point, group.Terms, group.TermValue, projection);
            error.Clear();
            foreach (var one in group.Cases)
            {
                var logit = TensorPrimitives.Dot<float>(projection, one.Expert) + TensorPrimitives.Dot(point.AsSpan(numbers), one.Numbers);
                loss += one.Weight * (Softplus(logit) - (one.Score * logit));
                var slope = one.Weight * (OutcomeWeights.Sigmoid(logit) - one.Score);
                TensorPrimitives.MultiplyAdd(one.Expert, slope, error, error);
                TensorPrimitives.MultiplyAdd(one.Numbers, slope, gradient.AsSpan(numbers), gradient.AsSpan(numbers));
            }

            TensorPrimitives.Multiply(error, group.TermValue, error);
            foreach (var term in group.Terms)
            {
                var row = gradient.AsSpan(term * OutcomeWeights.Width, OutcomeWeights.Width);
                TensorPrimitives.Add(row, error, row);
            }
        }

        return loss;
    }

    private static double Softplus(float logit) => logit > 0 ? logit + Math.Log(1 + Math.Exp(-logit)) : Math.Log(1 + Math.Exp(logit));
}
