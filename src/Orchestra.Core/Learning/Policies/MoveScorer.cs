using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// The policy proper: scores possible moves from what is predicted of them, the same way for every move and expert. A linear part whose weights change with λ (they are given at
/// <see cref="Knots"/> values of it and interpolated between them), and one hidden layer (tanh). GRPO trains it.
/// Layout of the parameters: linear weights (knot by knot), hidden weights (unit by unit), hidden biases, output weights.
/// </summary>
/// <param name="Parameters">As many as <see cref="Length"/>.</param>
internal sealed record MoveScorer(float[] Parameters)
{
    /// <summary>Hidden units.</summary>
    public const int Hidden = 12;

    /// <summary>Values of λ at which the linear weights are given.</summary>
    public const int Knots = 6;

    /// <summary>How many parameters there are.</summary>
    public const int Length = OutputAt + Hidden;

    private const int HiddenAt = Knots * MoveNumbers.Count;
    private const int BiasAt = HiddenAt + (Hidden * MoveNumbers.Count);
    private const int OutputAt = BiasAt + Hidden;

    /// <summary>The difference of expected rewards that makes one move e times likelier than another is one over this.</summary>
    private const float Sharpness = 150;

    private const float HiddenShare = 0.25f;
    private const double LeastLambda = 1e-4;

    /// <summary>The start of training: takes the move whose expected reward is greatest, as far as one step ahead tells.</summary>
    public static MoveScorer Initial(Random random)
    {
        var parameters = new float[Length];
        for (var knot = 0; knot < Knots; knot++)
            MoveNumbers.WriteInitialWeights(parameters.AsSpan(knot * MoveNumbers.Count));
        for (var i = HiddenAt; i < BiasAt; i++)
            parameters[i] = (float)((random.NextDouble() - 0.5) * 0.6);
        return new MoveScorer(parameters);
    }

    /// <summary>Where λ lies among the knots, which stand at 0.0001, 0.001 … 10: a whole number names one, a fraction lies between two.</summary>
    public static float PositionOf(double lambda) => (float)Math.Clamp(Math.Log10(Math.Max(lambda, LeastLambda) / LeastLambda), 0, Knots - 1);

    /// <summary>The value of λ at a knot.</summary>
    public static double LambdaAt(int knot) => LeastLambda * Math.Pow(10, knot);

    /// <summary>The same with other weights at the knots.</summary>
    /// <param name="weights">The linear weights of each knot.</param>
    public MoveScorer With(IReadOnlyList<float[]> weights)
    {
        var parameters = (float[])Parameters.Clone();
        for (var knot = 0; knot < Knots; knot++)
            weights[knot].CopyTo(parameters, knot * MoveNumbers.Count);
        return new MoveScorer(parameters);
    }

    /// <summary>The linear weights at a knot.</summary>
    public ReadOnlySpan<float> WeightsAt(int knot) => Parameters.AsSpan(knot * MoveNumbers.Count, MoveNumbers.Count);

    /// <summary>The score of a move; the greater, the likelier.</summary>
    /// <param name="move">From <see cref="MoveNumbers"/>.</param>
    /// <param name="position">From <see cref="PositionOf"/>.</param>
    public float Score(ReadOnlySpan<float> move, float position)
    {
        var parameters = Parameters.AsSpan();
        var knot = Math.Min((int)position, Knots - 2);
        var share = position - knot;
        var score = ((1 - share) * TensorPrimitives.Dot(parameters.Slice(knot * MoveNumbers.Count, MoveNumbers.Count), move)) +
                    (share * TensorPrimitives.Dot(parameters.Slice((knot + 1) * MoveNumbers.Count, MoveNumbers.Count), move));
        for (var unit = 0; unit < Hidden; unit++)
            score += HiddenShare * parameters[OutputAt + unit] * MathF.Tanh(TensorPrimitives.Dot(parameters.Slice(HiddenAt + (unit * MoveNumbers.Count), MoveNumbers.Count), move) + parameters[BiasAt + unit]);
        return Sharpness * score;
    }

    /// <summary>Adds the gradient of a move's score, times a factor.</summary>
    public void AddGradient(ReadOnlySpan<float> move, float position, float factor, Span<float> gradient)
    {
        factor *= Sharpness;
        var parameters = Parameters.AsSpan();
        var knot = Math.Min((int)position, Knots - 2);
        var share = position - knot;
        Add(move, factor * (1 - share), gradient.Slice(knot * MoveNumbers.Count, MoveNumbers.Count));
        Add(move, factor * share, gradient.Slice((knot + 1) * MoveNumbers.Count, MoveNumbers.Count));
        for (var unit = 0; unit < Hidden; unit++)
        {
            var at = HiddenAt + (unit * MoveNumbers.Count);
            var active = MathF.Tanh(TensorPrimitives.Dot(parameters.Slice(at, MoveNumbers.Count), move) + parameters[BiasAt + unit]);
            gradient[OutputAt + unit] += HiddenShare * factor * active;
            var back = HiddenShare * factor * parameters[OutputAt + unit] * (1 - (active * active));
            gradient[BiasAt + unit] += back;
            Add(move, back, gradient.Slice(at, MoveNumbers.Count));
        }
    }

    private static void Add(ReadOnlySpan<float> move, float factor, Span<float> gradient) => TensorPrimitives.MultiplyAdd(move, factor, gradient, gradient);
}
