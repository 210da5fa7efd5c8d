using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// Limited-memory BFGS with a backtracking line search (Liu and Nocedal 1989; Nocedal and Wright, Numerical Optimization, algorithm 7.4). It draws nothing at random, so that the same problem
/// gives the same point.
/// </summary>
internal static class QuasiNewton
{
    private const int Memory = 8;
    private const int MostHalvings = 20;
    private const double Decrease = 1e-4;

    /// <summary>Minimises in place; returns the value that was reached.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="point">The start; the result afterwards.</param>
    /// <param name="iterations">Steps at most.</param>
    /// <param name="tolerance">Ends when a step lowers the value by a smaller share.</param>
    /// <param name="ct">Ends it early.</param>
    public static double Minimise(IObjective objective, float[] point, int iterations, double tolerance, CancellationToken ct)
    {
        var gradient = new float[point.Length];
        var direction = new float[point.Length];
        var next = new float[point.Length];
        var nextGradient = new float[point.Length];
        var steps = new Queue<(float[] Step, float[] Change, double Inverse)>();
        var value = objective.Evaluate(point, gradient);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            ct.ThrowIfCancellationRequested();
            Direction(gradient, steps, direction);
            var slope = Dot(gradient, direction);
            if (slope >= 0)
            {
                steps.Clear();
                TensorPrimitives.Negate(gradient, direction);
                slope = -Dot(gradient, gradient);
            }

            if (slope == 0)
                break;
            var size = steps.Count == 0 ? (float)Math.Min(1, 1 / Math.Sqrt(-slope)) : 1f;
            double nextValue = 0;
            var halvings = 0;
            for (; halvings < MostHalvings; halvings++, size /= 2)
            {
                TensorPrimitives.MultiplyAdd(direction, size, point, next);
                nextValue = objective.Evaluate(next, nextGradient);
                if (nextValue <= value + (Decrease * size * slope))
                    break;
            }

            if (halvings == MostHalvings)
                break;
            Remember(steps, point, next, gradient, nextGradient);
            next.CopyTo(point, 0);
            nextGradient.CopyTo(gradient, 0);
            var gain = value - nextValue;
            value = nextValue;
            if (gain < tolerance * Math.Max(1e-12, Math.Abs(value)))
                break;
        }

        return value;
    }

    private static void Remember(Queue<(float[] Step, float[] Change, double Inverse)> steps, float[] point, float[] next, float[] gradient, float[] nextGradient)
    {
        var (step, change, _) = steps.Count == Memory ? steps.Dequeue() : (new float[point.Length], new float[point.Length], 0);
        TensorPrimitives.Subtract(next, point, step);
        TensorPrimitives.Subtract(nextGradient, gradient, change);
        var curvature = Dot(step, change);
        if (curvature > 1e-12)
            steps.Enqueue((step, change, 1 / curvature));
    }

    /// <summary>The two-loop recursion.</summary>
    private static void Direction(float[] gradient, Queue<(float[] Step, float[] Change, double Inverse)> steps, float[] direction)
    {
        TensorPrimitives.Negate(gradient, direction);
        var history = steps.ToArray();
        if (history.Length == 0)
            return;
        Span<double> weights = stackalloc double[history.Length];
        for (var i = history.Length - 1; i >= 0; i--)
        {
            weights[i] = history[i].Inverse * Dot(history[i].Step, direction);
            TensorPrimitives.MultiplyAdd(history[i].Change, (float)-weights[i], direction, direction);
        }

        var (_, last, inverse) = history[^1];
        TensorPrimitives.Multiply(direction, (float)(1 / (inverse * Dot(last, last))), direction);
        for (var i = 0; i < history.Length; i++)
        {
            var correction = history[i].Inverse * Dot(history[i].Change, direction);
            TensorPrimitives.MultiplyAdd(history[i].Step, (float)(weights[i] - correction), direction, direction);
        }
    }

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => TensorPrimitives.Dot(left, right);
}
