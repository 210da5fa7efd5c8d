namespace Orchestra.Core.Learning.Training;

/// <summary>A linear regression from sums over its cases, drawn towards given weights.</summary>
/// <param name="numbers">Numbers of a case.</param>
internal sealed class LeastSquares(int numbers)
{
    private readonly double[] _products = new double[numbers * numbers];
    private readonly double[] _targets = new double[numbers];

    /// <summary>Adds a case.</summary>
    public void Add(ReadOnlySpan<float> given, double target)
    {
        for (var i = 0; i < numbers; i++)
        {
            if (given[i] == 0)
                continue;
            _targets[i] += given[i] * target;
            for (var j = 0; j <= i; j++)
                _products[(i * numbers) + j] += given[i] * given[j];
        }
    }

    /// <summary>Adds the cases of another one.</summary>
    public void Add(LeastSquares other)
    {
        for (var i = 0; i < _products.Length; i++)
            _products[i] += other._products[i];
        for (var i = 0; i < numbers; i++)
            _targets[i] += other._targets[i];
    }

    /// <summary>The weights that minimise the squared errors plus the penalty times the squared distance from given weights.</summary>
    public float[] Solve(ReadOnlySpan<float> near, double penalty)
    {
        var lower = new double[numbers * numbers];
        var change = new double[numbers];
        for (var i = 0; i < numbers; i++)
        {
            change[i] = _targets[i];
            for (var j = 0; j < numbers; j++)
                change[i] -= (j <= i ? _products[(i * numbers) + j] : _products[(j * numbers) + i]) * near[j];
        }

        // Cholesky's decomposition: with a penalty the matrix is positive definite.
        for (var i = 0; i < numbers; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _products[(i * numbers) + j] + (i == j ? penalty : 0);
                for (var k = 0; k < j; k++)
                    sum -= lower[(i * numbers) + k] * lower[(j * numbers) + k];
                lower[(i * numbers) + j] = i == j ? Math.Sqrt(sum) : sum / lower[(j * numbers) + j];
            }
        }

        Substitute(lower, change);
        var weights = near.ToArray();
        for (var i = 0; i < numbers; i++)
            weights[i] += (float)change[i];
        return weights;
    }

    private void Substitute(double[] lower, double[] values)
    {
        for (var i = 0; i < numbers; i++)
        {
            for (var k = 0; k < i; k++)
                values[i] -= lower[(i * numbers) + k] * values[k];
            values[i] /= lower[(i * numbers) + i];
        }

        for (var i = numbers - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < numbers; k++)
                values[i] -= lower[(k * numbers) + i] * values[k];
            values[i] /= lower[(i * numbers) + i];
        }
    }
}
