namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>Linear equations with a symmetric, positive definite matrix, solved by Cholesky's decomposition for any number of right sides.</summary>
internal sealed class PositiveSystem
{
    private readonly double[,] _lower;

    private PositiveSystem(double[,] lower) => _lower = lower;

    /// <summary>Decomposes the matrix in place.</summary>
    public static PositiveSystem Factor(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var sum = matrix[row, column];
                for (var k = 0; k < column; k++)
                    sum -= matrix[row, k] * matrix[column, k];
                matrix[row, column] = row == column ? Math.Sqrt(Math.Max(sum, double.Epsilon)) : sum / matrix[column, column];
            }
        }

        return new PositiveSystem(matrix);
    }

    /// <summary>The solution for a right side.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var solution = right.ToArray();
        for (var row = 0; row < solution.Length; row++)
        {
            for (var k = 0; k < row; k++)
                solution[row] -= _lower[row, k] * solution[k];
            solution[row] /= _lower[row, row];
        }

        for (var row = solution.Length - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < solution.Length; k++)
                solution[row] -= _lower[k, row] * solution[k];
            solution[row] /= _lower[row, row];
        }

        return solution;
    }
}
