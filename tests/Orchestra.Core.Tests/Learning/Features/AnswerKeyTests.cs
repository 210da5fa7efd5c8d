using FsCheck.Xunit;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Tests.Learning.Features;

public sealed class AnswerKeyTests
{
    private const string Question = "How many pens are left?";
    private const string Choice = "What does a plant take from the air? A. iron B. carbon dioxide C. 60 litres of water";

    [Theory]
    [InlineData(Question, "#### 540", "He runs 540 metres.")]
    [InlineData(Question, "The answer is $1,540.00", "#### 1540")]
    [InlineData(Question, "The answer is 0.5", @"So it is \boxed{\frac{1}{2}}.")]
    [InlineData(Question, "{\"answer\": \"'ab'\"}", "{\"answer\": \"ab\"}")]
    [InlineData(Question, "{\"answer\": \"[1, 2]\"}", "The answer is [1,2].")]
    [InlineData(Question, "The answer is (B).", "**Answer:** B")]
    [InlineData(Question, "{\"answer\": \"\"}", "{\"answer\": \"''\"}")]
    [InlineData(Choice, "The answer is (B).", "b) carbon dioxide")]
    [InlineData(Choice, "The answer is (B).", "The answer is Carbon dioxide.")]
    [InlineData(Choice, "The answer is (C).", "The answer is 60.")]
    public void Answers_that_say_the_same_agree(string query, string one, string other)
    {
        AnswerKey.Of(query, one).Agrees(AnswerKey.Of(query, other)).ShouldBeTrue();
        AnswerKey.Of(query, other).Agrees(AnswerKey.Of(query, one)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Question, "#### 540", "#### 541")]
    [InlineData(Question, "#### 1/3", "#### 0.333")]
    [InlineData(Question, "The answer is -5", "The answer is 5")]
    [InlineData(Question, "{\"answer\": \"'a b'\"}", "{\"answer\": \"'ab'\"}")]
    [InlineData(Question, "{\"answer\": \"Ab\"}", "{\"answer\": \"ab\"}")]
    [InlineData(Choice, "The answer is (B).", "The answer is (C).")]
    [InlineData(Choice, "The answer is (B).", "The answer is 60.")]
    public void Answers_that_say_different_things_do_not_agree(string query, string one, string other)
    {
        AnswerKey.Of(query, one).Exists.ShouldBeTrue();
        AnswerKey.Of(query, other).Exists.ShouldBeTrue();
        AnswerKey.Of(query, one).Agrees(AnswerKey.Of(query, other)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Question, "")]
    [InlineData(Question, "I cannot answer that.")]
    [InlineData(Choice, "Plants take 3 things.")]
    public void What_says_nothing_in_the_end_agrees_with_nothing_not_even_itself(string query, string answer)
    {
        var key = AnswerKey.Of(query, answer);

        key.Exists.ShouldBeFalse();
        key.Agrees(key).ShouldBeFalse();
    }

    [Property]
    public void Agreement_is_reflexive_where_there_is_an_answer_and_symmetric(string? query, string? one, string? other)
    {
        var keys = new[] { one, "The answer is " + one, other, "#### " + other }.Select(text => AnswerKey.Of(query ?? string.Empty, text ?? string.Empty)).ToList();

        foreach (var key in keys)
        {
            key.Agrees(key).ShouldBe(key.Exists);
            keys.ShouldAllBe(second => key.Agrees(second) == second.Agrees(key));
            keys.Where(key.Agrees).ShouldAllBe(second => second.GetHashCode() == key.GetHashCode());
        }
    }

    [Property]
    public void Whole_numbers_agree_exactly_where_they_are_equal(long one, long other) =>
        AnswerKey.Of(Question, $"#### {one}").Agrees(AnswerKey.Of(Question, $"The answer is {other}.0")).ShouldBe(one == other);

    [Fact]
    public void A_huge_hostile_text_has_its_key_in_bounded_work()
    {
        var text = string.Concat(Enumerable.Repeat("A. B. the answer is \\boxed{{{ \"answer\": \"\\ #### ", 50_000));

        AnswerKey.Of(text, text).Agrees(AnswerKey.Of(text, "#### 5")).ShouldBeFalse();
    }
}
