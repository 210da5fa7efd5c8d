namespace Orchestra.Core.Learning.Training;

/// <summary>A differentiable function that a training minimises.</summary>
internal interface IObjective
{
    /// <summary>Number of parameters.</summary>
    int Length { get; }

    /// <summary>The value at a point; writes the gradient there.</summary>
    double Evaluate(ReadOnlySpan<float> point, Span<float> gradient);
}
