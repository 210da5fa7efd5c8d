using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>Chooses among scored moves.</summary>
internal static class MoveChoice
{
    /// <summary>The index of the greatest score, the first of equals.</summary>
    public static int Best(ReadOnlySpan<float> scores) => TensorPrimitives.IndexOfMax(scores);

    /// <summary>Turns scores into probabilities in place and draws one.</summary>
    /// <param name="scores">Scores; probabilities afterwards.</param>
    /// <param name="chance">A number from 0 to 1, 1 excluded.</param>
    public static int Draw(Span<float> scores, double chance)
    {
        Probabilities(scores);
        for (var i = 0; i < scores.Length - 1; i++)
        {
            chance -= scores[i];
            if (chance < 0)
                return i;
        }

        return scores.Length - 1;
    }

    /// <summary>Turns scores into probabilities in place.</summary>
    public static void Probabilities(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.Exp<float>(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
    }
}
