using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

/// <summary>A folder of documents of a test's own, with what stands beside it.</summary>
internal sealed class Library : IDisposable
{
    private readonly TemporaryFolder _base = new();
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Library() => Directory.CreateDirectory(Folder);

    public string Folder => _base.File("docs");

    public string Outside => _base.File("outside");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public SearchOptions Options => new()
    {
        Folder = Folder,
        DatabasePath = _base.File("data/search.db"),
        RescanWait = TimeSpan.FromMinutes(1),
    };

    public SearchIndex Index(Func<SearchOptions, SearchOptions>? change = null) =>
        new(change is null ? Options : change(Options), Time, NullLogger<SearchIndex>.Instance);

    /// <summary>Writes a document; each write gets a later time, however fast they follow each other.</summary>
    public string Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] bytes)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        _written = _written.AddSeconds(1);
        File.SetLastWriteTimeUtc(full, _written);
        return full;
    }

    public void WriteOutside(string path, string text)
    {
        var full = Path.Combine(Outside, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => _base.Dispose();
}
