using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Tests.Learning.Policies;

public sealed class AgreementNumbersTests
{
    private const string Query = "How many?";

    [Fact]
    public void An_answer_is_supported_by_those_that_agree_and_opposed_by_those_that_differ()
    {
        var numbers = Of(0, "12", "12", "12", "13");

        numbers[3].ShouldBe(2);
        numbers[5].ShouldBe(1);
        numbers[6].ShouldBe(1, 1e-6);   // two priors of one half
        numbers[7].ShouldBe(0.5f, 1e-6);
        numbers[8].ShouldBe(1, 1e-6);   // its own three against the other's one
    }

    [Fact]
    public void An_answer_that_says_nothing_agrees_with_none()
    {
        var numbers = Of(0, "I do not know.", "12");

        numbers[1].ShouldBe(1);
        numbers[2].ShouldBe(0);
    }

    [Fact]
    public void Whoever_was_not_asked_sees_how_far_the_others_agree()
    {
        var agreed = Of(3, "12", "12", "12", null);
        var differed = Of(3, "12", "13", "14", null);

        agreed[..14].ToArray().ShouldAllBe(number => number == 0);
        agreed[19].ShouldBe(1);
        differed[19].ShouldBe(1 / 3f, 1e-6);
        agreed[20].ShouldBeGreaterThan(differed[20]);
    }

    private static float[] Of(int index, params string?[] answers)
    {
        var experts = answers.Select(answer => new SeenExpert { IsPresent = true, Answer = answer is null ? null : SeenAnswer.Of(Query, answer) }).ToList();
        var numbers = new float[AgreementNumbers.Count];
        AgreementNumbers.Write(experts, index, numbers);
        return numbers;
    }
}
