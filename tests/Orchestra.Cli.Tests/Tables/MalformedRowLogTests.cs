using Orchestra.Cli.Tables;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Tables;

public sealed class MalformedRowLogTests
{
    [Fact]
    public void The_first_rows_are_shown_and_the_rest_are_counted()
    {
        var error = new StringWriter();
        var log = new MalformedRowLog(error);

        for (var line = 1; line <= MalformedRowLog.Shown + 3; line++)
            log.Add(new MalformedRow("t.jsonl", line, "it is odd"));
        log.Finish();

        var lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(MalformedRowLog.Shown + 1);
        lines[0].ShouldBe("Skipped t.jsonl:1: it is odd");
        lines[^1].ShouldBe("Skipped 3 more rows that are malformed.");
    }
}
