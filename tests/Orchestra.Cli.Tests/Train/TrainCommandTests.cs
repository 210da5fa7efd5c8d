using Orchestra.Cli.Tests.Tables;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Cli.Tests.Train;

public sealed class TrainCommandTests
{
    private const int Rows = 30;

    [Fact]
    public async Task A_policy_is_trained_and_a_malformed_line_is_named_and_left_out()
    {
        using var table = TableFile.WithText(Table("{\"id\": \"odd\", \"prompt\": \"secret words\"}"));
        using var folder = new TemporaryFolder();
        var path = folder.File("policy.orchestra");

        var (code, output, error) = await Train(table, path);

        code.ShouldBe(0, error);
        error.ShouldContain($"Skipped {table.Path}:3: ");
        error.ShouldNotContain("secret words");
        output.ShouldContain($"Written to {path}.");
        var policy = await Policy.ReadAsync(path, CancellationToken.None);
        policy.Card.Experts.ShouldBe(["small", "large"]);
        policy.Card.Seed.ShouldBe(5);
        policy.Card.Data.ShouldHaveSingleItem().Rows.ShouldBe(Rows);
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task Training_goes_on_from_a_policy()
    {
        using var table = TableFile.WithText(Table());
        using var folder = new TemporaryFolder();
        var (first, next) = (folder.File("first.orchestra"), folder.File("next.orchestra"));
        (await Train(table, first)).ExitCode.ShouldBe(0);

        var (code, _, error) = await Train(table, next, "--from", first);

        code.ShouldBe(0, error);
        (await Policy.ReadAsync(next, CancellationToken.None)).Card.Previous.ShouldBe((await Policy.ReadAsync(first, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_file_that_is_no_policy_is_not_gone_on_from()
    {
        using var table = TableFile.WithText(Table());
        using var folder = new TemporaryFolder();

        var (code, _, error) = await Train(table, folder.File("policy.orchestra"), "--from", table.Path);

        code.ShouldNotBe(0);
        error.ShouldContain("The policy is refused");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    private static Task<CommandRun> Train(TableFile table, string path, params string[] more) =>
        CommandRun.RunAsync(["train", "--data", table.Path, "--out", path, "--epochs", "1", "--group", "2", "--seed", "5", .. more]);

    /// <summary>Rows of two experts; the malformed one, where there is one, is the third line.</summary>
    private static string Table(string? malformed = null)
    {
        var lines = Enumerable.Range(0, Rows).Select(index => $$$"""
            {"id": "{{{index}}}", "prompt": "What is {{{index}}} plus {{{index % 7}}}?", "outcomes": {
            "small": {"score": {{{index % 2}}}, "input_tokens": 10, "output_tokens": 20, "cost_usd": 0.0001},
            "large": {"score": 1, "input_tokens": 10, "output_tokens": 20, "cost_usd": 0.002} } }
            """.ReplaceLineEndings(" ")).ToList();
        if (malformed is not null)
            lines.Insert(2, malformed);
        return string.Join('\n', lines) + '\n';
    }
}
