using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Tables;

/// <summary>An outcome table in a temporary file, which goes when the test ends.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TableFile(string name) => Path = _folder.File(name);

    public string Path { get; }

    public static async Task<TableFile> WithAsync(params IEnumerable<OutcomeRow> rows)
    {
        var file = new TableFile("table.jsonl.gz");
        await using var writer = OutcomeWriter.Create(file.Path);
        foreach (var row in rows)
            await writer.WriteAsync(row);
        return file;
    }

    public static TableFile WithText(string text)
    {
        var file = new TableFile("table.jsonl");
        File.WriteAllText(file.Path, text);
        return file;
    }

    public void Dispose() => _folder.Dispose();
}
