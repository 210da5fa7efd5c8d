using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class LeastSquaresTests
{
    private static readonly float[] Truth = [0.5f, -2, 3];

    [Fact]
    public void It_finds_the_weights_from_which_the_cases_were_made_in_whatever_parts_they_come()
    {
        var (one, other) = (Cases(1, 40), Cases(2, 40));
        one.Add(other);

        one.Solve([0, 0, 0], penalty: 1e-9).ShouldBe(Truth, 1e-4);
    }

    [Fact]
    public void The_greater_the_penalty_the_nearer_to_the_given_weights()
    {
        var cases = Cases(1, 40);

        cases.Solve([1, 1, 1], penalty: 1e9).ShouldBe([1f, 1, 1], 1e-4);
        var between = cases.Solve([1, 1, 1], penalty: 10);
        between[1].ShouldBeInRange(-2, 1);
        between[2].ShouldBeInRange(1, 3);
    }

    [Fact]
    public void A_number_that_no_case_has_keeps_its_weight() => new LeastSquares(2).Solve([0.25f, -4], penalty: 1).ShouldBe([0.25f, -4]);

    private static LeastSquares Cases(int seed, int count)
    {
        var random = new Random(seed);
        var cases = new LeastSquares(Truth.Length);
        for (var i = 0; i < count; i++)
        {
            float[] numbers = [(float)random.NextDouble(), (float)random.NextDouble(), i % 3 == 0 ? 0 : (float)random.NextDouble()];
            cases.Add(numbers, numbers.Zip(Truth, (number, weight) => (double)number * weight).Sum());
        }

        return cases;
    }
}
