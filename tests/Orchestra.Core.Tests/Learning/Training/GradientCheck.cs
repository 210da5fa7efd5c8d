using System.Numerics.Tensors;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

/// <summary>Compares gradients with what the function does when its parameters change a little.</summary>
internal static class GradientCheck
{
    private const double Tolerance = 1e-2;
    private const int Directions = 5;

    /// <summary>Checks the slope in several directions that change only some of the parameters.</summary>
    public static void ShouldHaveRightGradient(this IObjective objective, float[] point, Range changed, float step)
    {
        var gradient = new float[objective.Length];
        var unused = new float[objective.Length];
        objective.Evaluate(point, gradient);
        for (var seed = 0; seed < Directions; seed++)
        {
            var direction = Direction(gradient, changed, new Random(seed));
            var slope = (double)TensorPrimitives.Dot<float>(gradient, direction);
            var measured = (objective.Evaluate(Moved(point, direction, step), unused) - objective.Evaluate(Moved(point, direction, -step), unused)) / (2 * step);
            slope.ShouldBeGreaterThan(0);
            slope.ShouldBe(measured, Tolerance * Math.Abs(measured), $"in direction {seed}");
        }
    }

    /// <summary>A random direction in which no two parts of the gradient cancel out, so that the slope is never near 0; parameters without a gradient change as well.</summary>
    private static float[] Direction(float[] gradient, Range changed, Random random)
    {
        var direction = new float[gradient.Length];
        var (start, length) = changed.GetOffsetAndLength(gradient.Length);
        for (var i = start; i < start + length; i++)
            direction[i] = (float)random.NextDouble() * (gradient[i] < 0 ? -1 : 1);
        return direction;
    }

    private static float[] Moved(float[] point, float[] direction, float step)
    {
        var moved = new float[point.Length];
        TensorPrimitives.MultiplyAdd(direction, step, point, moved);
        return moved;
    }
}
