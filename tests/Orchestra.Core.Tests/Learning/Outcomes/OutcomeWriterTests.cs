using FsCheck.Xunit;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Outcomes;

public sealed class OutcomeWriterTests
{
    [Property(MaxTest = 50)]
    public async Task What_is_written_is_read_back_the_same(string[] texts, uint cost, ushort tokens, byte score, bool gzipped)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(gzipped ? "t.jsonl.gz" : "t.jsonl");
        var rows = texts.Select((text, i) => Row(Unicode(text), i, cost, tokens, score)).ToList();
        await using (var writer = OutcomeWriter.Create(path))
        {
            foreach (var row in rows)
                await writer.WriteAsync(row);
        }

        var malformed = new List<MalformedRow>();
        var read = new List<OutcomeRow>();
        await foreach (var row in OutcomeReader.ReadAsync(path, malformed.Add))
            read.Add(row);

        malformed.ShouldBeEmpty();
        read.Select(row => (row.Id, row.Task, row.Prompt, row.Answer)).ShouldBe(rows.Select(row => (row.Id, row.Task, row.Prompt, row.Answer)));
        read.SelectMany(row => row.Outcomes).ShouldBe(rows.SelectMany(row => row.Outcomes));
    }

    private static OutcomeRow Row(string text, int i, uint cost, ushort tokens, byte score) =>
        new($"row-{i}", text, text + "?", new Dictionary<string, Outcome>(StringComparer.Ordinal)
        {
            ["bare"] = new(1),
            ["model " + text] = new(score / 255.0) { CostUsd = cost / 1_000_000_000m, InputTokens = tokens, OutputTokens = i, LatencySeconds = score / 7.0, Response = text },
        })
        {
            Answer = i % 2 == 0 ? null : text,
        };

    /// <summary>Lone surrogates cannot be written as UTF-8, so that they become replacement characters; what is left must survive.</summary>
    private static string Unicode(string? text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text ?? string.Empty));
}
