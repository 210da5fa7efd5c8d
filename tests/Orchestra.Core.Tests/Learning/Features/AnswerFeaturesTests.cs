using FsCheck.Xunit;
using Orchestra.Core.Learning.Features;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Features;

public sealed class AnswerFeaturesTests
{
    private const string Question = "Tom has 3 boxes with 12 pens each and gives 5 pens to a friend. How many pens are left?";
    private const string Choice = "What is 15 * 4?\nOptions: A. 19 B. 45 C. 60 D. 154";
    private const string Words = "What does a plant take from the air?\nA. oxygen and iron\nB. carbon dioxide\nC. water";
    private const string Solution = "He has 3 * 12 = 36 pens. Then 36 - 5 = 31 pens are left.\n#### 31";

    /// <summary>Each feature with an answer where it is high and one where it is low.</summary>
    public static TheoryData<string, string, string, string> Contrasts => new()
    {
        { "is_empty", Question, " \n", "31" },
        { "log_words", Question, Solution, "31" },
        { "log_length_ratio", Question, Solution, "31" },
        { "log_lines", Question, "One.\nTwo.\nThree.\n31", "One. Two. Three. 31" },
        { "log_sentences", Question, "He buys. He gives. He counts.", "He buys and gives and counts." },
        { "words_per_sentence", Question, string.Concat(Enumerable.Repeat("and then he gives them away ", 10)), "He gives. He takes." },
        { "digit_share", Question, "36 31 5", "thirty-six" },
        { "math_share", Question, "3*12=36", "three boxes" },
        { "code_share", Question, "x[0]; y[1];", "the first of them" },
        { "upper_share", Question, "THIRTY ONE", "thirty one" },
        { "new_word_share", Question, "all words here differ", "the same the same the same the same" },
        { "query_words_used", Question, "The pens left from the boxes", "Something else entirely" },
        { "repeated_windows", Question, string.Concat(Enumerable.Repeat("he counts the pens once more again ", 8)), Solution },
        { "repeats_at_end", Question, "Well: " + string.Concat(Enumerable.Repeat("the pens are the pens are those ", 20)), Solution },
        { "ends_open", Question, "First he counts all of the pens in the boxes, and then he", Solution },
        { "open_brackets", Question, "He has (3 * 12", "He has (3 * 12)" },
        { "open_brackets", Question, "```\nprint(31)", "```\nprint(31)\n```" },
        { "text_after_final", Question, "The answer is 31.\n" + new string('x', 400), "The answer is 31." },
        { "hedges", Question, "Maybe 31, I think.", "It is 31." },
        { "approximates", Question, "It is roughly 31.", "It is 31." },
        { "fits_no_option", Choice, "None of the options fits. The answer is (C).", "The answer is (C)." },
        { "undetermined", Question, "That cannot be determined.", "It is 31." },
        { "corrects", Question, "Wait, let me recount: 31.", "It is 31." },
        { "concludes", Question, "Therefore 31.", "It is 31." },
        { "checks", Question, "We verify it: 31.", "It is 31." },
        { "weighs_options", Choice, "The first option is wrong. The answer is (C).", "The answer is (C)." },
        { "distinguishes_cases", Question, "If he gives 5, 31.", "It is 31." },
        { "recalls_formula", Question, "By the formula it is 31.", "It is 31." },
        { "gives_reasons", Question, "31, because he gives 5.", "It is 31." },
        { "is_marked", Question, "#### 31", "31 pens" },
        { "is_letter", Choice, "The answer is (C).", "The answer is 60." },
        { "is_number", Question, "The answer is 31.", "The answer is many." },
        { "is_text", Question, "The answer is many.", "The answer is 31." },
        { "log_final_length", Question, "The answer is that there are quite many of them left.", "The answer is many." },
        { "is_decimal", Question, "The answer is 31.5", "The answer is 31" },
        { "is_negative", Question, "The answer is -31", "The answer is 31" },
        { "log_magnitude", Question, "The answer is 31000", "The answer is 31" },
        { "is_round", Question, "The answer is 30", "The answer is 31" },
        { "is_zero_or_one", Question, "The answer is 1", "The answer is 31" },
        { "number_in_query", Question, "The answer is 12", "The answer is 31" },
        { "number_in_body", Question, Solution, "36 - 5 is less.\n#### 31" },
        { "number_repeated", Question, "It is 31, yes 31.\n#### 31", "It is 31.\n#### 31" },
        { "is_last_number", Question, Solution, "It is 31, not 41.\n#### 31" },
        { "is_last_result", Question, Solution, "36 - 5 = 31, and 31 + 1 = 32.\n#### 31" },
        { "is_any_result", Question, "36 - 5 = 31, and 31 + 1 = 32.\n#### 31", "36 - 5 = 32.\n#### 31" },
        { "whole_expected", Question, "The answer is 31", "The answer is 31.5" },
        { "text_in_body", Question, "There are many. The answer is many", "The answer is many" },
        { "text_in_query", Question, "The answer is friend", "The answer is plenty" },
        { "log_numbers", Question, Solution, "31" },
        { "log_results", Question, Solution, "It is 31 and not 36 or 5" },
        { "query_numbers_used", Question, Solution, "3 are left." },
        { "query_numbers_unused", Question, "3 are left.", Solution },
        { "unexplained_share", Question, "He has 77 and 88.", Solution },
        { "log_unexplained", Question, "He has 77 and 88.", Solution },
        { "decimal_share", Question, "It is 3.5", "It is 35" },
        { "longest_decimal", Question, "It is 3.1415", "It is 3.1" },
        { "negative_share", Question, "It is -7", "It is 7" },
        { "log_largest", Question, "It is 90000", "It is 9" },
        { "distinct_share", Question, "7 and 8", "7 and 7" },
        { "results_used", Question, Solution, "1 + 1 = 2 and 7 + 1 = 8" },
        { "results_unused", Question, "1 + 1 = 2 and 7 + 1 = 8", "31 is left" },
        { "results_repeated", Question, "2 * 4 = 8, and 7 + 1 = 8", Solution },
        { "log_steps_per_query_number", Question, Solution, "It is 31" },
        { "last_result_in_query", Question, "15 - 3 = 12", "15 - 2 = 13" },
        { "largest_to_query", Question, "It is 90000", "It is 9" },
        { "log_claims", Question, Solution, "31 = x" },
        { "log_confirmed", Question, Solution, "36 - 5 = 32" },
        { "log_contradicted", Question, "36 - 5 = 32", Solution },
        { "confirmed_share", Question, Solution, "36 - 5 = 32" },
        { "last_claim", Question, "<<36-5=31>>", "<<36-5=32>>" },
        { "equations_unchecked", Question, "x = y", Solution },
        { "chooses_option", Choice, "The answer is (C).", "The answer is (F)." },
        { "chooses_none", Choice, "The answer is (F).", "The answer is (C)." },
        { "letter_position", Choice, "The answer is (D).", "The answer is (A)." },
        { "option_stated", Words, "It takes carbon dioxide. The answer is (B).", "It takes something. The answer is (B)." },
        { "others_stated", Words, "It takes oxygen and iron. The answer is (B).", "It takes something. The answer is (B)." },
        { "overlap_lead", Words, "It takes carbon. The answer is (B).", "It takes water. The answer is (B)." },
        { "overlap_chosen", Words, "It takes carbon. The answer is (B).", "It takes something. The answer is (B)." },
        { "number_matches", Choice, "15 * 4 = 60. The answer is (C).", "15 * 4 = 45. The answer is (C)." },
        { "number_matches_none", Choice, "15 * 4 = 61. The answer is (C).", "15 * 4 = 60. The answer is (C)." },
        { "number_exact", Choice, "15 * 4 = 60. The answer is (C).", "15 * 4 = 60.1. The answer is (C)." },
        { "is_extreme", Choice, "The answer is (A).", "The answer is (C)." },
        { "relative_length", Words, "The answer is (A).", "The answer is (C)." },
        { "numeric_options", Choice, "The answer is (C).", "The answer is (F)." },
    };

    [Theory]
    [MemberData(nameof(Contrasts))]
    public void A_feature_tells_two_answers_apart(string feature, string query, string high, string low) =>
        Value(feature, query, high).ShouldBeGreaterThan(Value(feature, query, low));

    [Fact]
    public void Every_feature_has_a_name_of_its_own_and_a_contrast()
    {
        AnswerFeatures.Names.Count.ShouldBe(AnswerFeatures.Count);
        AnswerFeatures.Names.ShouldBeUnique();
        AnswerFeatures.Names.Except(Contrasts.Select(contrast => (string)contrast[0])).ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_with_nothing_in_it_is_neutral_in_all_but_its_emptiness()
    {
        Read("What now?", string.Empty).Zip(AnswerFeatures.Names).Where(each => each.First != 0).ShouldBe([(1f, "is_empty")]);
    }

    [Fact]
    public void What_lies_behind_the_features_is_left_alone()
    {
        var destination = new float[AnswerFeatures.Count + 2];
        destination.AsSpan().Fill(7);

        AnswerFeatures.Read(Question, Solution, destination);

        destination[^2..].ShouldBe([7f, 7f]);
        destination[..^2].ShouldBe(Read(Question, Solution));
    }

    [Theory]
    [InlineData("=")]
    [InlineData("1=")]
    [InlineData("1 + 1 = 3. ")]
    [InlineData("9")]
    [InlineData("-")]
    [InlineData("((((")]
    [InlineData("A. B. ")]
    [InlineData("\\boxed{")]
    [InlineData("the answer is ")]
    [InlineData("\"answer\": \"\\")]
    [InlineData("maybe ")]
    [InlineData("* * 1")]
    [InlineData("\ud800")]
    [InlineData("```\n")]
    [InlineData("1e9/0 ")]
    public void A_huge_hostile_text_is_read_in_bounded_work(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));

        Read(text, text).ShouldAllBe(value => Math.Abs(value) <= 3);
        Read(text, "The answer is " + text).ShouldAllBe(value => Math.Abs(value) <= 3);
    }

    [Property]
    public void Any_texts_give_the_same_values_in_range_each_time(string? query, string? answer)
    {
        var values = Read(query ?? string.Empty, answer ?? string.Empty);

        values.ShouldAllBe(value => Math.Abs(value) <= 3);
        Read(query ?? string.Empty, answer ?? string.Empty).ShouldBe(values);
    }

    [SkippableTheory]
    [InlineData("mmlu_pro.jsonl.gz")]
    [InlineData("zeroeval.jsonl.gz")]
    public async Task Recorded_answers_have_values_in_range_and_most_features_vary(string table)
    {
        var least = Enumerable.Repeat(float.MaxValue, AnswerFeatures.Count).ToArray();
        var most = Enumerable.Repeat(float.MinValue, AnswerFeatures.Count).ToArray();
        var rows = 0;
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path(table)))
        {
            if (rows++ % 5 != 0)
                continue;
            foreach (var outcome in row.Outcomes.Values.Where(outcome => outcome.Response is not null))
            {
                var values = Read(row.Prompt, outcome.Response!);
                for (var i = 0; i < values.Length; i++)
                    (least[i], most[i]) = (Math.Min(least[i], values[i]), Math.Max(most[i], values[i]));
            }
        }

        least.Min().ShouldBeGreaterThanOrEqualTo(-3);
        most.Max().ShouldBeLessThanOrEqualTo(3);
        least.Zip(most).Count(each => each.First < each.Second).ShouldBeGreaterThan(AnswerFeatures.Count / 2);
    }

    private static float Value(string feature, string query, string answer) => Read(query, answer)[AnswerFeatures.Names.ToList().IndexOf(feature)];

    private static float[] Read(string query, string answer)
    {
        var destination = new float[AnswerFeatures.Count];
        AnswerFeatures.Read(query, answer, destination);
        return destination;
    }
}
