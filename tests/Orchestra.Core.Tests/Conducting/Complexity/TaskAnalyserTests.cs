using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;

namespace Orchestra.Core.Tests.Conducting.Complexity;

public sealed class TaskAnalyserTests
{
    [Theory]
    [InlineData("Hi", TaskType.Chat, 1, 1)]
    [InlineData("Thanks a lot, that was helpful!", TaskType.Chat, 1, 2)]
    [InlineData("Tell me a joke about penguins", TaskType.Chat, 1, 3)]
    [InlineData("Write a short poem about autumn for my grandmother", TaskType.Chat, 2, 4)]
    [InlineData("What is the capital of France?", TaskType.Lookup, 1, 3)]
    [InlineData("Who invented the telephone?", TaskType.Lookup, 1, 3)]
    [InlineData("When was the Eiffel Tower built?", TaskType.Lookup, 1, 3)]
    [InlineData("How do I set a monthly budget for a tenant?", TaskType.Lookup, 1, 3)]
    [InlineData("Which port does PostgreSQL listen on?", TaskType.Lookup, 1, 3)]
    [InlineData("What is 17 + 25?", TaskType.Math, 3, 4)]
    [InlineData("Solve x^2 - 5x + 6 = 0", TaskType.Math, 3, 6)]
    [InlineData("A baker makes 24 rolls every morning. She sells 15 of them for $2 each and gives half of the rest to her neighbours. How much money does she earn in 7 days?", TaskType.Math, 4, 7)]
    [InlineData("Tom has 3 boxes with 12 pencils each. He gives 7 pencils to Anna and buys 2 more boxes. How many pencils does he have altogether?", TaskType.Math, 4, 7)]
    [InlineData("Evaluate the integral $\\int_0^1 \\frac{x^2}{1+x^3} \\, dx$ and give an exact answer.", TaskType.Math, 6, 9)]
    [InlineData("Let $z$ be a complex number such that $|z| = 1$ and $z^{2} + \\overline{z} = 0$. Find the sum of all possible values of the real part of $z$.", TaskType.Math, 5, 9)]
    [InlineData("Prove that there are infinitely many primes of the form 4k+3.", TaskType.Reasoning, 7, 9)]
    [InlineData("Compare microservices and a modular monolith for a team of five engineers, discuss the trade-offs step by step and recommend one.", TaskType.Reasoning, 6, 9)]
    [InlineData("Why is the sky blue? Explain it to a five-year-old.", TaskType.Reasoning, 3, 6)]
    [InlineData("Write a thread-safe LRU cache in Python with unit tests. It must support a time to live for each entry, and get and put must run in O(1).", TaskType.Code, 6, 9)]
    [InlineData("How do I reverse a string in Python?", TaskType.Code, 3, 5)]
    [InlineData("Fix this:\n```python\ndef mean(xs):\n    return sum(xs) / len(xs)\n```\nIt raises ZeroDivisionError for an empty list.", TaskType.Code, 3, 6)]
    [InlineData("Translate 'good morning, how are you?' into Spanish", TaskType.Translation, 2, 4)]
    [InlineData("Summarize the following text in one sentence: The committee met on Tuesday and agreed on a new timetable.", TaskType.Summary, 2, 4)]
    [InlineData("Design a distributed rate limiter that works across regions, and explain why it never lets a tenant exceed its limit.", TaskType.Reasoning, 6, 9)]
    [InlineData("Was ist die Hauptstadt von Frankreich?", TaskType.Lookup, 1, 3)]
    [InlineData("Beweise, dass die Wurzel aus 2 irrational ist.", TaskType.Reasoning, 7, 9)]
    [InlineData("¿Cuántas manzanas quedan si tengo 12 y regalo 5 a mi hermano y 3 a mi madre?", TaskType.Math, 3, 6)]
    [InlineData("请把这句话翻译成英文:今天天气很好。", TaskType.Translation, 2, 4)]
    [InlineData("证明有无穷多个素数。", TaskType.Reasoning, 6, 9)]
    [InlineData("", TaskType.Chat, 1, 1)]
    public void It_scores_queries_as_a_reviewer_would(string query, TaskType task, int least, int most)
    {
        var assessment = TaskAnalyser.Assess(query);

        assessment.Task.ShouldBe(task, assessment.ToString());
        assessment.Complexity.ShouldBeInRange(least, most);
        assessment.Source.ShouldBe("rules");
    }

    [Fact]
    public void A_long_text_to_summarise_stays_a_summary_whatever_it_is_about()
    {
        var material = string.Concat(Enumerable.Repeat("The function f(x) = 3 + 4 was proved in 1950; the class of 30 students costs 12 dollars per hour. ", 60));

        TaskAnalyser.Assess("Please summarise this report:\n" + material).Task.ShouldBe(TaskType.Summary);
        TaskAnalyser.Assess(material + "\nPlease summarise the report above.").Task.ShouldBe(TaskType.Summary);
    }

    [Fact]
    public void More_conditions_and_parts_never_make_a_query_easier()
    {
        const string plain = "Tom has 3 boxes with 12 pencils each. How many pencils does he have?";
        const string harder = plain + " How many are left if he must give away at least 5? And what if, unless Anna returns 2, he loses exactly half?";

        TaskAnalyser.Assess(harder).Complexity.ShouldBeGreaterThan(TaskAnalyser.Assess(plain).Complexity);
    }

    [Property]
    public void Any_text_at_all_gets_a_score_within_bounds(NonNull<string> text)
    {
        var assessment = TaskAnalyser.Assess(text.Get);

        assessment.Complexity.ShouldBeInRange(1, 10);
        Enum.IsDefined(assessment.Task).ShouldBeTrue();
        TaskAnalyser.Assess(text.Get).ShouldBe(assessment);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('(')]
    [InlineData('\n')]
    [InlineData('9')]
    [InlineData('+')]
    [InlineData('漢')]
    [InlineData('\ud83d')]
    public void A_hostile_text_of_four_megabytes_is_read_only_in_part(char filler) =>
        TaskAnalyser.Assess(new string(filler, 4 << 20)).Complexity.ShouldBeInRange(1, 10);
}
