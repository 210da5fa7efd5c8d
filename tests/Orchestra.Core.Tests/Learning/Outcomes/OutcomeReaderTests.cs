using System.IO.Compression;
using System.Text;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Outcomes;

public sealed class OutcomeReaderTests : IDisposable
{
    private const string Good = """{"id": "a", "task": "t", "prompt": "P?", "answer": "7", "outcomes": {"m": {"score": 1, "input_tokens": 3, "output_tokens": 4, "cost_usd": 2.088e-05, "latency_s": 0.5, "response": "#### 7"}, "n": {"score": 0.5}}}""";
    private readonly TemporaryFolder _folder = new();
    private readonly List<MalformedRow> _malformed = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_row_is_read_with_all_its_fields_and_dollars_are_exact()
    {
        var row = (await Read(_folder.Write("t.jsonl", Good))).ShouldHaveSingleItem();

        (row.Id, row.Task, row.Prompt, row.Answer).ShouldBe(("a", "t", "P?", "7"));
        row.Outcomes.Keys.ShouldBe(["m", "n"]);
        row.Outcomes["m"].ShouldBe(new Outcome(1) { InputTokens = 3, OutputTokens = 4, CostUsd = 0.00002088m, LatencySeconds = 0.5, Response = "#### 7" });
        row.Outcomes["n"].ShouldBe(new Outcome(0.5));
    }

    [Theory]
    [InlineData("not json", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"id\": \"a\"", "not valid JSON")]
    [InlineData("""{"id": "a", "prompt": "p"}""", "'outcomes' is missing")]
    [InlineData("""{"prompt": "p", "outcomes": {}}""", "'id' is missing")]
    [InlineData("""{"id": "a", "outcomes": {}}""", "'prompt' is missing")]
    [InlineData("""{"id": 7, "prompt": "p", "outcomes": {}}""", "'id' is not a text")]
    [InlineData("""{"id": "a", "prompt": "p\ud800", "outcomes": {}}""", "not valid Unicode")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": 1}}""", "an outcome is not an object")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": 1.5}}}""", "'score'")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": "1"}}}""", "'score'")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": 1, "input_tokens": -1}}}""", "'input_tokens'")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": 1, "output_tokens": 1e99}}}""", "'output_tokens'")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": 1, "cost_usd": -0.1}}}""", "'cost_usd'")]
    [InlineData("""{"id": "a", "prompt": "p", "outcomes": {"m": {"score": 1, "latency_s": 1e999}}}""", "'latency_s'")]
    public async Task A_malformed_row_is_reported_with_its_place_and_the_others_are_read(string line, string reason)
    {
        var path = _folder.Write("t.jsonl", $"{Good}\n\n{line}\r\n{Good}");

        (await Read(path)).Count.ShouldBe(2);

        var malformed = _malformed.ShouldHaveSingleItem();
        (malformed.File, malformed.Line).ShouldBe((path, 3));
        malformed.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task A_line_over_the_limit_is_skipped_and_counted_as_one()
    {
        var path = _folder.Write("t.jsonl", $"{Good}\n{new string('x', (2 * OutcomeReader.MaxLineBytes) + 100_000)}\n{Good}\n{new string('y', OutcomeReader.MaxLineBytes + 1)}");

        (await Read(path)).Count.ShouldBe(2);

        _malformed.Select(row => row.Line).ShouldBe([2, 4]);
        _malformed.ShouldAllBe(row => row.Reason.Contains("longer"));
    }

    [Fact]
    public async Task A_byte_order_mark_and_the_last_line_without_a_break_are_no_trouble()
    {
        var path = _folder.File("t.jsonl");
        await File.WriteAllTextAsync(path, $"{Good}\n{Good}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        (await Read(path)).Count.ShouldBe(2);
        _malformed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gzipped_table_that_is_cut_off_yields_what_came_before_and_a_report()
    {
        var path = _folder.File("t.jsonl.gz");
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => Good.Replace("\"a\"", $"\"{i * 7919L}\"", StringComparison.Ordinal) + "\n"));
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(lines));
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)]);

        (await Read(path)).Count.ShouldBeInRange(1, 19_999);
        _malformed.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_file_named_as_gzip_that_is_not_is_reported()
    {
        (await Read(_folder.Write("t.jsonl.gz", Good))).ShouldBeEmpty();

        _malformed.ShouldHaveSingleItem().Reason.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_clear_error()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => Read(_folder.File("absent.jsonl")));

        error.Code.ShouldBe(ErrorCode.NotFound);
        error.Message.ShouldContain("absent.jsonl");
    }

    private async Task<List<OutcomeRow>> Read(string path)
    {
        var rows = new List<OutcomeRow>();
        await foreach (var row in OutcomeReader.ReadAsync(path, _malformed.Add))
            rows.Add(row);
        return rows;
    }
}
