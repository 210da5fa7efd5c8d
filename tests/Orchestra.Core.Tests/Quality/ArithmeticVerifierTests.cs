using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Orchestra.Core.Conducting;
using Orchestra.Core.Quality;
using Orchestra.Core.Tests.Conducting;

namespace Orchestra.Core.Tests.Quality;

public sealed class ArithmeticVerifierTests
{
    private readonly ArithmeticVerifier _verifier = new();

    [Theory]
    [InlineData("12 * 13 = 157", "12*13 is 156, not 157")]
    [InlineData("He sells 16 - 3 - 4 = <<16-3-4=8>>8 eggs.", "16-3-4 is 9, not 8")]
    [InlineData("So it costs $5 x 3 = $16.", "5*3 is 15, not 16")]
    [InlineData("Total: 1,250 + 2,375 = 3,525 dollars", "1250+2375 is 3625, not 3525")]
    [InlineData("3 hours * 60 minutes/hour = 190 minutes", "3*60 is 180, not 190")]
    [InlineData("That makes 2 * (3 + 4) = 15 in all.", "2*(3+4) is 14, not 15")]
    [InlineData("20% * 50 = 12", "(20/100)*50 is 10, not 12")]
    [InlineData("y = 3 + 4 = 8", "3+4 is 7, not 8")]
    [InlineData("12 apples + 5 apples = 18 apples", "12+5 is 17, not 18")]
    [InlineData("$$\\frac{12}{4} + 5 = 9$$", "((12)/(4))+5 is 8, not 9")]
    [InlineData("We have $7 \\times 8 = 54$.", "7*8 is 56, not 54")]
    [InlineData("- 7 × 8 = 54", "7*8 is 56, not 54")]
    [InlineData("1. First, 7 * 8 = 56.\n2. Then 56 - 9 = 46.", "56-9 is 47, not 46")]
    [InlineData("100 / 3 = 34.5", "100/3 is 33.333333, not 34.5")]
    [InlineData("2^10 = 1000", "2^10 is 1024, not 1000")]
    [InlineData("3 - 5 = 2", "3-5 is -2, not 2")]
    public async Task It_rejects_a_calculation_that_the_calculator_contradicts(string answer, string reason)
    {
        var verdict = (await Verify(answer)).ShouldNotBeNull();

        verdict.Accepted.ShouldBeFalse();
        verdict.Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("12 * 13 = 156")]
    [InlineData("He sells 16 - 3 - 4 = <<16-3-4=9>>9 eggs.")]
    [InlineData("$5 x 3 = $15")]
    [InlineData("100 / 3 = 33.33")]
    [InlineData("100 / 3 = 33.3333")]
    [InlineData("2/3 = 0.66")]
    [InlineData("2/3 = 66.7%")]
    [InlineData("17 / 5 = 3 remainder 2")]
    [InlineData("1.41 * 100 = 141.42")]
    [InlineData("15/60 * 100 = 25%")]
    [InlineData("40% + 25% = 65%")]
    [InlineData("123,456 * 789 = 97,406,784")]
    [InlineData("123,456 * 789 = 97,400,000")]
    [InlineData("2 * 3 + 4 = 10 = 5 * 2")]
    [InlineData("Step 1 - 5 + 3 = 8")]
    [InlineData("- 5 + 3 = 8")]
    [InlineData("3 - 5 = -2")]
    [InlineData("2(3 + 4) = 14")]
    public async Task It_never_rejects_a_calculation_that_is_right(string answer) =>
        (await Verify(answer))?.Accepted.ShouldBe(true, answer);

    [Theory]
    [InlineData("x + 2 = 5")]
    [InlineData("2x = 10")]
    [InlineData("2x + 3 = 7")]
    [InlineData("2 x + 3 = 7")]
    [InlineData("5a + 3b = 11")]
    [InlineData("f(2) + 1 = 9")]
    [InlineData("sqrt(16) + 1 = 5")]
    [InlineData("half of 5 * 4 = 10")]
    [InlineData("Date = 2024-01-05, due 10/12/2024 = Thursday")]
    [InlineData("10:30 - 9:15 = 1:15")]
    [InlineData("1 hour + 30 minutes = 90 minutes")]
    [InlineData("1/2 hour = 30 minutes")]
    [InlineData("10 km / 20 minutes = 30 km/h")]
    [InlineData("2 H2 + O2 = 2 H2O")]
    [InlineData("3! + 1 = 7")]
    [InlineData("1 + 2 + ... + 10 = 55")]
    [InlineData("17 + 8 = 1 (mod 24)")]
    [InlineData("7 * 3 = 1 mod 10")]
    [InlineData("3 * 4 = 12 + 5 = 17")]
    [InlineData("1.5 * 2 = 3 million")]
    [InlineData("If x = 3, then 3 * 3 + 1 = 9, which is not true")]
    [InlineData("Is 2 + 2 = 5?")]
    [InlineData("4.65 dm^3 + 2.20 dm^3 = 6.85 dm^3")]
    [InlineData("(585 + 1060) torr / 5 = 1645 torr / 5")]
    [InlineData("5 + 3 == 9")]
    [InlineData("5 + 3 != 9, 5 + 3 <= 9")]
    [InlineData("1,5 + 2 = 3,5")]
    [InlineData("log_2 8 + 1 = 4")]
    [InlineData("the dot product (1, 2) * (3, 4) = 11")]
    [InlineData("```\n1 + 1 = 3\n```")]
    [InlineData("run `1 + 1 = 3` now")]
    [InlineData("Their ratio is 2:3 + 1 = 9")]
    [InlineData("= = = 5")]
    [InlineData("The efficiency is $1 - \n\\frac{308.15}{373.15} = 0.173$")]
    [InlineData("He tries 2 + 2 = 5. That is wrong.")]
    [InlineData("no numbers at all")]
    public async Task What_is_no_plain_claim_is_left_alone(string answer) =>
        (await Verify(answer))?.Accepted.ShouldBe(true, answer);

    [Theory]
    [InlineData("Compute 5 + 6 modulo 7")]
    [InlineData("Add 101 and 11 in binary")]
    [InlineData("Define a * b = a + 2b. What is 3 * 4?")]
    public async Task A_query_that_gives_signs_a_meaning_of_its_own_is_left_alone(string query) =>
        (await _verifier.VerifyAsync(Scene.Of(query), Answers.Of("5 + 6 = 4"), default)).ShouldBeNull();

    [Fact]
    public async Task Confirmed_calculations_raise_the_confidence()
    {
        var verdict = (await Verify("6 * 7 = 42, and 42 + 8 = 50.")).ShouldNotBeNull();

        verdict.Accepted.ShouldBeTrue();
        verdict.Confidence.ShouldBeGreaterThan(0.6);
        verdict.Reason.ShouldContain("2 calculations");
    }

    [Property]
    public Property Whatever_is_added_up_rightly_is_accepted_and_wrongly_is_rejected()
    {
        var numbers = Gen.Choose(1, 9_000).ListOf().Where(list => list.Count is > 1 and < 8).ToArbitrary();
        return Prop.ForAll(numbers, Gen.Choose(1, 500).ToArbitrary(), (terms, error) =>
        {
            var sum = string.Join(" + ", terms);
            // Left out from the front, the remaining terms may by chance give the wrong result: that is a doubt, not an error.
            var rests = Enumerable.Range(1, terms.Count - 1).Select(i => terms.Skip(i).Sum());
            var right = Verify($"The total is {sum} = {terms.Sum()}.").AsTask().GetAwaiter().GetResult();
            var wrong = Verify($"The total is {sum} = {terms.Sum() + error}.").AsTask().GetAwaiter().GetResult();
            return right is { Accepted: true } && (wrong is { Accepted: false } || rests.Contains(terms.Sum() + error) || terms.Sum() >= 10_000);
        });
    }

    [Property]
    public async Task Any_text_at_all_is_survived(NonNull<string> text) => await Verify(text.Get + " 1+1=" + text.Get + "=2");

    [Theory]
    [InlineData("1 + ")]
    [InlineData("((((")]
    [InlineData("= ")]
    [InlineData("9^9^")]
    [InlineData("\\frac{1}{2}")]
    [InlineData("1+1=2\n")]
    [InlineData("<<1+1=")]
    public async Task A_hostile_text_takes_no_time_worth_mentioning(string piece)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = string.Concat(Enumerable.Repeat(piece, 400_000 / piece.Length)) + " = 3";

        await _verifier.VerifyAsync(Scene.Of("?"), Answers.Of(text), limit.Token);
    }

    private ValueTask<Verdict?> Verify(string answer) => _verifier.VerifyAsync(Scene.Of("How many are there?"), Answers.Of(answer), default);
}
