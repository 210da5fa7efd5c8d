using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Outcomes;

public sealed class OutcomeGraderTests
{
    [Fact]
    public void A_recorded_response_keeps_its_recorded_score_even_where_its_answer_looks_right()
    {
        var row = Row("64", ("m", 0.25, " He pays $64.\n"));

        OutcomeGrader.Grade(row, "He pays $64.").ShouldBe(0.25);
    }

    [Theory]
    [InlineData("So it is 540.\n#### 540", "540")]
    [InlineData("#### $1,540.00", "1540")]
    [InlineData("#### 540 meters", "540")]
    [InlineData("The answer is 0.50.", "1/2")]
    [InlineData(@"Hence \boxed{\dfrac{3}{7}}.", "3/7")]
    [InlineData(@"$\boxed{\text{(B)}}$", "B")]
    [InlineData(@"$\boxed{12{,}000}$", "12000")]
    [InlineData("""{"reasoning": "\boxed{5} is wrong", "answer": "7"}""", "7")]
    [InlineData("```json\n{\"answer\": -50\n}\n```", "-50")]
    [InlineData("""{"answer": [[1, 2], [3, 4]]}""", "[[1,2],[3,4]]")]
    [InlineData("""{"answer": "\"hi there\""}""", "'hi there'")]
    [InlineData("""{"answer": ""}""", "''")]
    [InlineData("We look it up. The answer is (H).", "H")]
    [InlineData("**Answer:** B", "B")]
    [InlineData("Answer: The answer is (c).", "C")]
    [InlineData("B", "B")]
    [InlineData("(b) Paris", "B")]
    [InlineData("He has 3 apples and buys 4, so he has 7 apples.", "7")]
    [InlineData("It falls to −5 degrees.", "-5")]
    [InlineData("20 - 15 = 5, so the loss is -$5.", "-5")]
    [InlineData("This is 60% of them.", "60")]
    [InlineData("100000000000000000000000000000000001", "100000000000000000000000000000000001.0")]
    [InlineData("3e2", "300")]
    [InlineData("{1: None, 2: None}", "{1:None, 2:None}")]
    public void The_right_final_answer_is_found_in_every_style(string text, string answer) =>
        OutcomeGrader.Grade(Row(answer), text).ShouldBe(1);

    [Theory]
    [InlineData("#### 541", "540")]
    [InlineData("540 at first, but in the end\n#### 600", "540")]
    [InlineData("The answer is (B).", "A")]
    [InlineData("A company sells things. The answer is (B).", "A")]
    [InlineData("A company sells things.", "A")]
    [InlineData("the answer is a matter of taste", "A")]
    [InlineData("100000000000000000000000000000000002", "100000000000000000000000000000000001")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData(@"\boxed{22 \cdot \frac{\sqrt[4]{3}}{2}}", "2")]
    [InlineData("40-20", "-20")]
    [InlineData("1/0", "1")]
    [InlineData("1e999999999", "1")]
    [InlineData("", "5")]
    [InlineData("I cannot answer that.", "5")]
    [InlineData("'a b'", "'ab'")]
    public void A_wrong_final_answer_is_wrong(string text, string answer) =>
        OutcomeGrader.Grade(Row(answer), text).ShouldBe(0);

    [Fact]
    public void Without_an_answer_the_marked_answer_of_a_correct_response_is_the_measure()
    {
        var row = Row(null, ("wrong", 0, "#### 3"), ("unmarked", 1, "He has 5, and it takes 2 days."), ("marked", 1, "<<2+3=5>>\n#### 5"));

        OutcomeGrader.Grade(row, "The answer is 5.00").ShouldBe(1);
        OutcomeGrader.Grade(row, "#### 3.0").ShouldBe(0);
        OutcomeGrader.Grade(row, "#### 2").ShouldBe(0);
    }

    [Fact]
    public void Without_a_marked_answer_the_last_number_of_a_correct_response_is_the_measure()
    {
        var row = Row(null, ("m", 1, "2 + 3 makes 5 sheep."));

        OutcomeGrader.Grade(row, "She has 5.0 sheep").ShouldBe(1);
        OutcomeGrader.Grade(row, "She has 6 sheep").ShouldBe(0);
    }

    [Fact]
    public void What_cannot_be_compared_is_not_graded()
    {
        OutcomeGrader.Grade(Row(null), "5").ShouldBeNull();
        OutcomeGrader.Grade(Row(null, ("m", 0, "#### 5")), "5").ShouldBeNull();
        OutcomeGrader.Grade(Row(null, ("m", 1, "a poem without numbers")), "5").ShouldBeNull();
    }

    [Fact]
    public void A_huge_hostile_text_is_graded_in_bounded_work()
    {
        var text = string.Concat(Enumerable.Repeat("the answer is \\boxed{{{{ \"answer\": \"\\\\ #### ", 200_000)) + new string('9', 100_000);

        OutcomeGrader.Grade(Row("5"), text).ShouldBe(0);
    }

    private static OutcomeRow Row(string? answer, params (string Model, double Score, string Response)[] outcomes) =>
        new("id", "task", "prompt", outcomes.ToDictionary(each => each.Model, each => new Outcome(each.Score) { Response = each.Response })) { Answer = answer };
}
