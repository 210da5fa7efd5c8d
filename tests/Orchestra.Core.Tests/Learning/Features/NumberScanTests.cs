using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Tests.Learning.Features;

public sealed class NumberScanTests
{
    [Theory]
    [InlineData("1,250 and 0.5 or .25", new[] { 1250, 0.5, 0.25 })]
    [InlineData("1,2 and 3", new[] { 1, 2, 3.0 })]
    [InlineData("twice two dozen", new[] { 2, 2, 12.0 })]
    [InlineData("It fell to -5, from 7-3.", new[] { -5, 7, 3.0 })]
    [InlineData("-$5 (−3)", new[] { -5, -3.0 })]
    [InlineData("1. Count 7.\n2) Add 8.\nStep 3: 9", new[] { 7, 8, 9.0 })]
    [InlineData("x1 and y_2", new double[0])]
    public void Numbers_are_read_by_value(string text, double[] expected) => NumberScan.Find(text).Select(number => number.Value).ShouldBe(expected);

    [Fact]
    public void What_stands_behind_an_equals_sign_is_a_result()
    {
        NumberScan.Find("3 * 4 = $12, ≈ 13 and 14").Select(number => number.IsResult).ShouldBe([false, false, true, true, false]);
    }

    [Fact]
    public void A_mention_knows_its_place_and_its_decimals()
    {
        NumberScan.Find("It is 3.25%.").ShouldBe([new NumberMention(3.25, 6, 10, 2, IsResult: false)]);
    }

    [Fact]
    public void A_text_full_of_numbers_is_read_up_to_a_limit() => NumberScan.Find(string.Concat(Enumerable.Repeat("7 ", 5_000))).Count.ShouldBe(NumberScan.MaxMentions);
}
