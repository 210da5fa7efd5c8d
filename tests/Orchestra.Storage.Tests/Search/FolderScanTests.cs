using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public sealed class FolderScanTests : IDisposable
{
    private readonly Library _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void Documents_are_found_in_all_folders_but_hidden_ones()
    {
        _library.Write("a.md", "a");
        _library.Write("b/c/d.rst", "d");
        _library.Write("b/e.markdown", "e");
        _library.Write("b/f.TXT", "f");
        _library.Write("b/g.cs", "g");
        _library.Write(".git/h.md", "h");
        _library.Write(".i.md", "i");

        Paths().ShouldBe(["a.md", "b/c/d.rst", "b/e.markdown", "b/f.TXT"], ignoreOrder: true);
    }

    [Fact]
    public void Links_out_of_the_folder_are_not_followed()
    {
        _library.Write("a.md", "a");
        _library.WriteOutside("secret.md", "secret");
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "file.md"), Path.Combine(_library.Outside, "secret.md"));
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "relative.md"), "../outside/secret.md");
        Directory.CreateSymbolicLink(Path.Combine(_library.Folder, "folder"), _library.Outside);
        Directory.CreateSymbolicLink(Path.Combine(_library.Folder, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "through.md"), Path.Combine(_library.Folder, "folder", "secret.md"));
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "dangling.md"), Path.Combine(_library.Folder, "nothing.md"));

        Paths().ShouldBe(["a.md"]);
    }

    [Fact]
    public void A_folder_whose_name_begins_like_the_searched_one_is_outside_too()
    {
        Directory.CreateDirectory(_library.Folder + "-private");
        File.WriteAllText(Path.Combine(_library.Folder + "-private", "secret.md"), "secret");
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "file.md"), Path.Combine(_library.Folder + "-private", "secret.md"));

        Paths().ShouldBeEmpty();
    }

    [Fact]
    public void Links_within_the_folder_are_followed_and_no_file_is_taken_twice()
    {
        _library.Write("..data/mounted.md", "mounted");
        _library.Write("real/a.md", "a");
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "mounted.md"), "..data/mounted.md");
        Directory.CreateSymbolicLink(Path.Combine(_library.Folder, "real", "circle"), "..");
        File.CreateSymbolicLink(Path.Combine(_library.Folder, "self.md"), "self.md");

        Paths().ShouldBe(["mounted.md", "real/a.md"], ignoreOrder: true);
    }

    [Fact]
    public void A_folder_that_is_a_link_itself_is_searched()
    {
        _library.WriteOutside("a.md", "a");
        Directory.CreateSymbolicLink(Path.Combine(_library.Folder, "link"), _library.Outside);

        Scan(Path.Combine(_library.Folder, "link")).Select(file => file.Path).ShouldBe(["a.md"]);
    }

    [SkippableFact]
    public async Task A_pipe_named_like_a_document_is_never_opened()
    {
        Skip.If(OperatingSystem.IsWindows(), "Named pipes are files on Unix only.");
        using var process = Process.Start("mkfifo", [Path.Combine(_library.Folder, "pipe.md")]);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        _library.Write("a.md", "pelican");
        await using var index = _library.Index();

        (await index.SearchAsync("pelican", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public void Very_deep_folders_end_somewhere()
    {
        _library.Write(string.Concat(Enumerable.Repeat("d/", 60)) + "in.md", "a");
        _library.Write(string.Concat(Enumerable.Repeat("d/", 70)) + "out.md", "a");

        Paths().ShouldHaveSingleItem().ShouldEndWith("in.md");
    }

    private List<string> Paths() => [.. Scan(_library.Folder).Select(file => file.Path)];

    private static IEnumerable<SourceFile> Scan(string folder) => new FolderScan(folder, 1000, NullLogger.Instance).Files();
}
