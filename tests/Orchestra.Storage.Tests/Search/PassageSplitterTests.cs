using FsCheck.Xunit;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public class PassageSplitterTests
{
    [Fact]
    public void Markdown_is_split_at_its_headings_and_keeps_their_path()
    {
        const string Text = """
            ---
            title: not a heading
            ---
            Preface.

            # One #
            First.

            ## One and a half
            Half.

            ```bash
            # not a heading
            ```

            Two
            ===
            Second.

            Two and a half
            --------------
            - item
            ---
            """;

        var passages = PassageSplitter.Split(Text, DocumentFormat.Markdown, 200);

        passages.Select(passage => (passage.Heading, passage.Line)).ShouldBe(
            [(string.Empty, 1), ("One", 7), ("One › One and a half", 10), ("Two", 18), ("Two › Two and a half", 22)]);
        passages[2].Text.ShouldBe("Half.\n\n```bash\n# not a heading\n```");
    }

    [Fact]
    public void Restructured_text_is_split_at_its_headings_by_their_styles()
    {
        const string Text = "=====\nTitle\n=====\n\nIntro.\n\nInstall\n-------\nRun it.\n\nLinux\n~~~~~\nApt.\n\nUsage\n-------\nUse it.\n";

        var passages = PassageSplitter.Split(Text, DocumentFormat.RestructuredText, 200);

        passages.Select(passage => (passage.Heading, passage.Line, passage.Text)).ShouldBe(
        [
            ("Title", 5, "Intro."), ("Title › Install", 9, "Run it."), ("Title › Install › Linux", 13, "Apt."), ("Title › Usage", 17, "Use it."),
        ]);
    }

    [Fact]
    public void Plain_text_has_no_headings() =>
        PassageSplitter.Split("# a\n\nb\n===\n", DocumentFormat.Plain, 200).ShouldBe([new Passage(string.Empty, 1, "# a\n\nb\n===")]);

    [Fact]
    public void A_heading_with_nothing_below_it_is_a_passage_of_its_own_unless_others_stand_under_it() =>
        PassageSplitter.Split("# A\n## B\n## C\n", DocumentFormat.Markdown, 200)
            .ShouldBe([new Passage("A › B", 2, "B"), new Passage("A › C", 3, "C")]);

    [Fact]
    public void Long_sections_are_split_between_paragraphs()
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("word", 90));
        var passages = PassageSplitter.Split($"# H\n\n{paragraph}\n\n{paragraph}\n\n{paragraph}\n", DocumentFormat.Markdown, 200);

        passages.Select(passage => passage.Line).ShouldBe([3, 7]);
        passages[0].Text.ShouldBe($"{paragraph}\n\n{paragraph}");
        passages.ShouldAllBe(passage => passage.Heading == "H");
    }

    [Fact]
    public void One_endless_line_is_split_too_and_loses_nothing()
    {
        var text = new string('x', 2 * 1024 * 1024);
        var passages = PassageSplitter.Split(text, DocumentFormat.Plain, 200);

        passages.ShouldAllBe(passage => passage.Text.Length <= 2000 && passage.Line == 1);
        passages.Sum(passage => passage.Text.Length).ShouldBe(text.Length);
    }

    [Fact]
    public void A_document_of_nothing_but_headings_is_bounded() =>
        PassageSplitter.Split(string.Concat(Enumerable.Repeat("# a\n", 100_000)), DocumentFormat.Markdown, 200).Count.ShouldBe(PassageSplitter.MaxPassages);

    [Property(MaxTest = 200)]
    public void No_word_is_lost_and_no_passage_is_too_long(int[] picks, bool isMarkdown)
    {
        string[] words = ["alpha", "# beta", "\n", "\n\n", "```\n", "gamma ", "===\n", " ", "\t", "delta\r\n"];
        var text = string.Concat(picks.Select(pick => words[Math.Abs(pick % words.Length)]));
        var passages = PassageSplitter.Split(text, isMarkdown ? DocumentFormat.Markdown : DocumentFormat.Plain, 60);

        foreach (var word in new[] { "alpha", "gamma", "delta" })
            (passages.Sum(passage => Count(passage.Text, word)) + passages.Select(passage => passage.Heading).Distinct().Sum(heading => Count(heading, word)) > 0).ShouldBe(text.Contains(word, StringComparison.Ordinal));
        passages.ShouldAllBe(passage => passage.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= 60 && passage.Text.Trim().Length > 0);
    }

    [Property(MaxTest = 200)]
    public void Plain_text_keeps_its_words_in_order(string? text)
    {
        var passages = PassageSplitter.Split(text ?? string.Empty, DocumentFormat.Plain, 20);

        string.Join(' ', passages.Select(passage => passage.Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe((text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
