using System.Numerics.Tensors;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>The mean cross-entropy of predicted outcomes with a quadratic penalty. The parameters are weights, one for each number of a case.</summary>
internal sealed class OutcomeObjective : IObjective
{
    private const int Parts = 2;   // fixed, not the machine's number of cores: the order of additions decides the last bits
    private readonly IReadOnlyList<CaseGroup> _groups;
    private readonly float _penalty;
    private readonly double _weight;
    private readonly float[][] _gradients;

    /// <summary>An objective over these cases.</summary>
    /// <param name="groups">Cases, grouped by query.</param>
    /// <param name="numbers">Numbers of a case.</param>
    /// <param name="penalty">The penalty on squared weights.</param>
    public OutcomeObjective(IReadOnlyList<CaseGroup> groups, int numbers, float penalty)
    {
        _groups = groups;
        Length = numbers;
        _penalty = penalty;
        _weight = groups.Sum(group => group.Cases.Sum(one => (double)one.Weight));
        _gradients = [.. Enumerable.Range(0, Parts).Select(_ => new float[numbers])];
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        var parameters = point.ToArray();
        var losses = new double[Parts];
        TrainingCores.For(Parts, part => losses[part] = EvaluatePart(parameters, part), CancellationToken.None);
        gradient.Clear();
        for (var part = 0; part < Parts; part++)
            TensorPrimitives.Add(gradient, _gradients[part], gradient);
        TensorPrimitives.Multiply(gradient, (float)(1 / _weight), gradient);
        TensorPrimitives.MultiplyAdd(point, _penalty, gradient, gradient);
        return (losses.Sum() / _weight) + (0.5 * _penalty * TensorPrimitives.SumOfSquares(point));
    }

    private double EvaluatePart(float[] point, int part)
    {
        var gradient = _gradients[part];
        Array.Clear(gradient);
        var loss = 0.0;
        for (var i = part; i < _groups.Count; i += Parts)
        {
            foreach (var one in _groups[i].Cases)
            {
                var logit = one.Offset + TensorPrimitives.Dot<float>(point, one.Numbers);
                loss += one.Weight * (OutcomeWeights.Softplus(logit) - (one.Score * logit));
                var slope = one.Weight * (OutcomeWeights.Sigmoid(logit) - one.Score);
                TensorPrimitives.MultiplyAdd(one.Numbers, slope, gradient, gradient);
            }
        }

        return loss;
    }
}
