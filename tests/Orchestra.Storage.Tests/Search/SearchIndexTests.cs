using Orchestra.Core.Errors;

namespace Orchestra.Storage.Tests.Search;

public sealed class SearchIndexTests : IDisposable
{
    private readonly Library _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public async Task The_passage_about_the_query_comes_first_with_its_source_heading_and_line()
    {
        _library.Write("guide/budgets.md", "# Budgets\n\nEvery tenant has one.\n\n## Reservations\n\nMoney is reserved before a paid call leaves, and settled afterwards.\n");
        _library.Write("guide/experts.md", "# Experts\n\nAn expert answers for money or for nothing.\n");
        _library.Write("notes.txt", "Remember the milk.");
        await using var index = _library.Index();

        var answer = await index.SearchAsync("When is money reserved and settled?", null, CancellationToken.None);

        answer.Documents.ShouldBe(3);
        var first = answer.Passages[0];
        first.Source.ShouldBe("guide/budgets.md");
        first.Heading.ShouldBe("Budgets › Reservations");
        first.Line.ShouldBe(7);
        first.Text.ShouldBe("Money is reserved before a paid call leaves, and settled afterwards.");
        first.Coverage.ShouldBe(1);
        answer.Passages.Select(passage => passage.Source).ShouldBe(["guide/budgets.md", "guide/experts.md"]);
        answer.Passages[1].Coverage.ShouldBe(1 / 3d, 1e-9);
        first.Score.ShouldBeGreaterThan(answer.Passages[1].Score);
        answer.Passages[1].Score.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_word_in_the_heading_outweighs_the_same_word_in_the_text()
    {
        _library.Write("a.md", "# Colours\n\nHere is a pelican among many other words of a text.");
        _library.Write("b.md", "# Pelican\n\nHere is a bird among many other words of a text.");
        _library.Write("c.md", "# Fish\n\nHere is a trout among many other words of a text.");
        await using var index = _library.Index();

        var answer = await index.SearchAsync("pelican", null, CancellationToken.None);

        answer.Passages.Select(passage => passage.Source).ShouldBe(["b.md", "a.md"]);
    }

    [Fact]
    public async Task A_word_in_the_file_name_finds_the_document_but_is_not_covered_by_the_passage()
    {
        _library.Write("deploying-to-mars.txt", "Pack the rover well.");
        await using var index = _library.Index();

        var passage = (await index.SearchAsync("mars", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();

        passage.Source.ShouldBe("deploying-to-mars.txt");
        passage.Coverage.ShouldBe(0);
    }

    [Theory]
    [InlineData("RUNNING")]
    [InlineData("runs")]
    [InlineData("run, \"running\" -runs* AND NEAR(run)")]
    public async Task Words_match_whatever_their_case_ending_or_punctuation(string query)
    {
        _library.Write("a.md", "They run in the rain.");
        await using var index = _library.Index();

        (await index.SearchAsync(query, null, CancellationToken.None)).Passages.ShouldHaveSingleItem().Coverage.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("Zürich", "zurich")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("ДЕНЬГИ", "деньги")]
    [InlineData("नमस्ते", "नमस्ते")]
    public async Task Words_match_whatever_their_accents_and_script(string written, string asked)
    {
        _library.Write("a.md", $"Some text with {written} in it.");
        await using var index = _library.Index();

        (await index.SearchAsync(asked, null, CancellationToken.None)).Passages.ShouldHaveSingleItem().Coverage.ShouldBe(1);
    }

    [Fact]
    public async Task Coverage_is_the_share_of_the_content_words()
    {
        _library.Write("a.md", "# Trees\n\nOaks and elms.");
        await using var index = _library.Index();

        var passage = (await index.SearchAsync("What about the oak, the elm, the tree and the submarine?", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();

        passage.Coverage.ShouldBe(0.75);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(500, 20)]
    [InlineData(-3, 1)]
    public async Task The_number_of_passages_stays_within_its_bounds(int? limit, int expected)
    {
        for (var i = 0; i < 30; i++)
            _library.Write($"{i}.txt", $"same thing number {i}");
        await using var index = _library.Index();

        (await index.SearchAsync("thing", limit, CancellationToken.None)).Passages.Count.ShouldBe(expected);
    }

    [Fact]
    public async Task A_long_passage_is_cut_and_no_character_is_halved()
    {
        _library.Write("a.txt", "needle " + string.Concat(Enumerable.Repeat("😀", 800)));
        await using var index = _library.Index(options => options with { MaxPassageLength = 101 });

        var text = (await index.SearchAsync("needle", null, CancellationToken.None)).Passages[0].Text;

        text.Length.ShouldBeInRange(99, 101);
        text.ShouldEndWith("😀…");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("What is it, and who are you?")]
    [InlineData("\"*()^:-+{}'; --")]
    public async Task A_query_without_content_words_finds_nothing_and_says_so(string query)
    {
        _library.Write("a.md", "What is it, and who are you?");
        await using var index = _library.Index();

        var answer = await index.SearchAsync(query, null, CancellationToken.None);

        answer.Passages.ShouldBeEmpty();
        answer.HasTerms.ShouldBeFalse();
        answer.Documents.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_is_missing_holds_nothing_until_it_appears()
    {
        await using var index = _library.Index(options => options with { Folder = Path.Combine(_library.Folder, "later") });

        (await index.SearchAsync("anything", null, CancellationToken.None)).Documents.ShouldBe(0);
        _library.Write("later/a.md", "anything");
        _library.Time.Advance(TimeSpan.FromSeconds(30));
        (await index.SearchAsync("anything", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_cancelled_query_ends_even_while_the_first_look_at_the_folder_runs()
    {
        for (var i = 0; i < 200; i++)
            _library.Write($"{i}.txt", $"thing {i}");
        await using var index = _library.Index();
        index.Start();

        await Should.ThrowAsync<OperationCanceledException>(() => index.SearchAsync("thing", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Disposal_in_the_midst_of_the_first_look_ends_it_and_answers_those_who_wait()
    {
        for (var i = 0; i < 500; i++)
            _library.Write($"{i}.txt", $"thing {i}");
        var index = _library.Index();
        index.Start();
        var waiting = index.SearchAsync("thing", null, CancellationToken.None);

        await index.DisposeAsync();
        await index.DisposeAsync();

        try
        {
            (await waiting).Passages.Count.ShouldBe(5);
        }
        catch (OrchestraException exception)
        {
            exception.Code.ShouldBe(ErrorCode.ShuttingDown);
        }

        (await Should.ThrowAsync<OrchestraException>(() => index.SearchAsync("thing", null, CancellationToken.None))).Code.ShouldBe(ErrorCode.ShuttingDown);
        await using var again = _library.Index();
        (await again.SearchAsync("thing", null, CancellationToken.None)).Documents.ShouldBe(500);
    }

    [Fact]
    public async Task Many_queries_at_once_all_get_their_answers()
    {
        for (var i = 0; i < 50; i++)
            _library.Write($"{i}.txt", $"thing word{i}");
        await using var index = _library.Index(options => options with { MaxConcurrency = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => index.SearchAsync($"word{i}", null, CancellationToken.None))));

        answers.Select(answer => answer.Passages.ShouldHaveSingleItem().Source).ShouldBe(Enumerable.Range(0, 50).Select(i => $"{i}.txt"));
        index.LastPass!.Read.ShouldBe(50);
    }

    [Fact]
    public void A_wrong_option_is_refused_with_all_that_is_wrong()
    {
        var exception = Should.Throw<OrchestraException>(() => _library.Index(options => options with { Folder = " ", MaxFiles = 0, Results = 21 }));

        exception.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        exception.Message.ShouldContain("Folder is missing");
        exception.Message.ShouldContain("MaxFiles is 0");
        exception.Message.ShouldContain("Results is 21");
    }
}
