namespace Orchestra.Core.Learning.Training;

/// <summary>Solves systems of linear equations whose matrix is symmetric and positive definite, by Cholesky's decomposition.</summary>
internal static class LinearSystem
{
    /// <summary>The solution; the matrix is overwritten. Throws <see cref="ArgumentException"/> where it is not positive definite.</summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var length = right.Length;
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[i, k] * matrix[j, k];
                if (i == j && !(sum > 0))
                    throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }

        var solution = (double[])right.Clone();
        for (var i = 0; i < length; i++)
        {
            for (var k = 0; k < i; k++)
                solution[i] -= matrix[i, k] * solution[k];
            solution[i] /= matrix[i, i];
        }

        for (var i = length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < length; k++)
                solution[i] -= matrix[k, i] * solution[k];
            solution[i] /= matrix[i, i];
        }

        return solution;
    }
}
