using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public sealed class SearchIndexFollowingTests : IDisposable
{
    private readonly Library _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public async Task Only_changed_files_are_read_again()
    {
        for (var i = 0; i < 10; i++)
            _library.Write($"{i}.md", $"original text {i}");
        await using var index = _library.Index();
        await FindAsync(index, "original");
        index.LastPass.ShouldBe(new IndexPassReport(10, 10, 0, 0));

        await LookAgainAsync(index);
        index.LastPass.ShouldBe(new IndexPassReport(10, 0, 0, 0));

        _library.Write("3.md", "altered words 3");
        await LookAgainAsync(index);
        index.LastPass.ShouldBe(new IndexPassReport(10, 1, 0, 0));
        (await FindAsync(index, "altered")).ShouldBe(["3.md"]);
        (await FindAsync(index, "original")).ShouldNotContain("3.md");
    }

    [Fact]
    public async Task A_change_of_the_time_alone_reads_the_file_once_and_keeps_its_passages()
    {
        var path = _library.Write("a.md", "steady text");
        await using var index = _library.Index();
        await FindAsync(index, "steady");

        File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await LookAgainAsync(index);
        index.LastPass!.Read.ShouldBe(1);
        await LookAgainAsync(index);
        index.LastPass!.Read.ShouldBe(0);
        (await FindAsync(index, "steady")).ShouldBe(["a.md"]);
    }

    [Fact]
    public async Task Deleted_files_vanish_and_new_ones_appear()
    {
        var gone = _library.Write("gone.md", "pelican one");
        _library.Write("stays.md", "pelican two");
        await using var index = _library.Index();
        (await FindAsync(index, "pelican")).ShouldBe(["gone.md", "stays.md"], ignoreOrder: true);

        File.Delete(gone);
        _library.Write("new.md", "pelican three");
        await LookAgainAsync(index);

        index.LastPass.ShouldBe(new IndexPassReport(2, 1, 1, 0));
        (await FindAsync(index, "pelican")).ShouldBe(["new.md", "stays.md"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_folder_is_looked_at_no_more_often_than_the_interval_says()
    {
        _library.Write("a.md", "pelican");
        await using var index = _library.Index();
        await FindAsync(index, "pelican");
        _library.Write("b.md", "pelican");

        _library.Time.Advance(TimeSpan.FromSeconds(29));
        (await FindAsync(index, "pelican")).Count.ShouldBe(1);
        _library.Time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync(index, "pelican")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_start_reads_the_folder_in_the_background_once()
    {
        _library.Write("a.md", "pelican");
        await using var index = _library.Index();
        index.Start();
        index.Start();

        (await FindAsync(index, "pelican")).Count.ShouldBe(1);
        index.LastPass!.Read.ShouldBe(1);
    }

    [Fact]
    public async Task An_index_opened_again_reads_nothing_that_has_not_changed()
    {
        _library.Write("a.md", "pelican");
        await using (var first = _library.Index())
            await FindAsync(first, "pelican");

        await using var second = _library.Index();
        (await FindAsync(second, "pelican")).Count.ShouldBe(1);
        second.LastPass!.Read.ShouldBe(0);
    }

    [Fact]
    public async Task Other_options_of_splitting_or_another_folder_rebuild_the_index()
    {
        _library.Write("a.md", string.Join(' ', Enumerable.Repeat("pelican", 100)));
        await using (var first = _library.Index())
            (await FindAsync(first, "pelican")).Count.ShouldBe(1);

        await using (var second = _library.Index(options => options with { PassageWords = 50 }))
            (await FindAsync(second, "pelican")).Count.ShouldBe(2);

        var other = Directory.CreateDirectory(Path.Combine(_library.Folder, "other")).FullName;
        await using var third = _library.Index(options => options with { Folder = other });
        (await FindAsync(third, "pelican")).ShouldBeEmpty();
        third.LastPass!.Removed.ShouldBe(0);
    }

    [Fact]
    public async Task Large_and_binary_files_are_left_out_and_not_read_again_until_they_change()
    {
        _library.Write("large.md", "pelican " + new string('x', 2000));
        _library.Write("binary.txt", [.. "pelican"u8, 0, 1, 2, 3]);
        _library.Write("picture.png", "pelican");
        _library.Write("fine.MD", "pelican");
        await using var index = _library.Index(options => options with { MaxFileBytes = 1024 });
        (await FindAsync(index, "pelican")).ShouldBe(["fine.MD"]);
        index.LastPass.ShouldBe(new IndexPassReport(1, 2, 0, 2));

        await LookAgainAsync(index);
        index.LastPass.ShouldBe(new IndexPassReport(1, 0, 0, 2));

        _library.Write("large.md", "pelican");
        _library.Write("binary.txt", "pelican");
        await LookAgainAsync(index);
        index.LastPass.ShouldBe(new IndexPassReport(3, 2, 0, 0));
    }

    [Fact]
    public async Task A_higher_limit_lets_in_what_was_too_large_and_a_lower_one_puts_it_out()
    {
        _library.Write("large.md", "pelican " + new string('x', 2000));
        await using (var small = _library.Index(options => options with { MaxFileBytes = 1024 }))
            (await FindAsync(small, "pelican")).ShouldBeEmpty();
        await using (var large = _library.Index())
            (await FindAsync(large, "pelican")).ShouldBe(["large.md"]);
        await using var again = _library.Index(options => options with { MaxFileBytes = 1024 });
        (await FindAsync(again, "pelican")).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_more_files_are_taken_than_allowed()
    {
        for (var i = 0; i < 20; i++)
            _library.Write($"{i % 4}/{i}.md", "pelican");
        await using var index = _library.Index(options => options with { MaxFiles = 7 });

        await FindAsync(index, "pelican");

        index.LastPass!.Documents.ShouldBe(7);
    }

    [Fact]
    public async Task Empty_files_and_invalid_characters_do_no_harm()
    {
        _library.Write("empty.md", "");
        _library.Write("broken.md", [.. "pelican "u8, 0xFF, 0xC3, 0x28, .. " stork"u8]);
        await using var index = _library.Index();

        (await FindAsync(index, "stork")).ShouldBe(["broken.md"]);
        index.LastPass!.Documents.ShouldBe(2);
    }

    [Fact]
    public async Task Queries_during_a_look_at_the_folder_see_each_file_as_it_was_or_as_it_is()
    {
        for (var i = 0; i < 60; i++)
            _library.Write($"{i}.md", $"# Old\n\npelican before{i}\n\n# Old too\n\npelican before{i}");
        await using var index = _library.Index(options => options with { RescanWait = TimeSpan.Zero });
        await FindAsync(index, "pelican");
        for (var i = 0; i < 60; i++)
            _library.Write($"{i}.md", $"# New\n\npelican after{i}\n\n# New too\n\npelican after{i}");
        _library.Time.Advance(TimeSpan.FromMinutes(1));

        var before = index.LastPass;
        for (var i = 0; ReferenceEquals(index.LastPass, before); i++)
        {
            var passages = (await index.SearchAsync($"before{i % 60} after{i % 60}", 20, CancellationToken.None)).Passages;
            passages.Count.ShouldBe(2);
            passages.Select(passage => passage.Heading[..3]).Distinct().Count().ShouldBe(1);
        }

        index.LastPass!.Read.ShouldBe(60);
        (await CountAsync("after7")).ShouldBe(2);
        (await CountAsync("before7")).ShouldBe(0);

        async Task<int> CountAsync(string word) => (await index.SearchAsync(word, 20, CancellationToken.None)).Passages.Count;
    }

    private async Task LookAgainAsync(SearchIndex index)
    {
        _library.Time.Advance(TimeSpan.FromSeconds(30));
        await index.SearchAsync("whatever", null, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(SearchIndex index, string query) =>
        [.. (await index.SearchAsync(query, 20, CancellationToken.None)).Passages.Select(passage => passage.Source)];
}
