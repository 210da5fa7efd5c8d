namespace Orchestra.Core.Learning.Training;

/// <summary>Adam (Kingma and Ba 2015).</summary>
/// <param name="length">Number of parameters.</param>
/// <param name="rate">The step size.</param>
internal sealed class Adam(int length, float rate)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.99f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _mean = new float[length];
    private readonly float[] _square = new float[length];
    private int _steps;

    /// <summary>Goes one step down the gradient.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        _steps++;
        var first = 1 - MathF.Pow(Beta1, _steps);
        var second = 1 - MathF.Pow(Beta2, _steps);
        for (var i = 0; i < parameters.Length; i++)
        {
            _mean[i] = (Beta1 * _mean[i]) + ((1 - Beta1) * gradient[i]);
            _square[i] = (Beta2 * _square[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            parameters[i] -= rate * (_mean[i] / first) / (MathF.Sqrt(_square[i] / second) + Epsilon);
        }
    }
}
