using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class LinearSystemTests
{
    [Fact]
    public void The_solution_fulfils_the_equations()
    {
        double[,] matrix = { { 4, 2, -1 }, { 2, 5, 3 }, { -1, 3, 6 } };
        double[] expected = [1.5, -2, 0.25];
        var right = Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => matrix[row, column] * expected[column])).ToArray();

        var solution = LinearSystem.Solve(matrix, right);

        for (var i = 0; i < expected.Length; i++)
            solution[i].ShouldBe(expected[i], 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Should.Throw<ArgumentException>(() => LinearSystem.Solve(new double[,] { { 1, 2 }, { 2, 1 } }, [1, 1]));
}
