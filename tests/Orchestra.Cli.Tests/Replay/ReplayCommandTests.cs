using System.CommandLine;
using System.Net;
using System.Text;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Tests.Tables;
using Orchestra.Core.Learning.Outcomes;
using static Orchestra.Cli.Tests.Tables.Rows;

namespace Orchestra.Cli.Tests.Replay;

public sealed class ReplayCommandTests
{
    [Fact]
    public async Task The_server_says_where_it_is_ready_and_serves_until_it_is_stopped()
    {
        using var table = await TableFile.WithAsync(Row("one", ("a", Said("1")), ("b", Said("2"))), Row("two", ("a", Said("3"))), Row("three", ("a", new Outcome(1))));
        using var stop = new CancellationTokenSource();
        var output = new FirstLine();
        var error = new StringWriter();

        var running = Invoke(output, error, stop.Token, "--data", table.Path, "--port", "0");
        var line = await output.Line.WaitAsync(TimeSpan.FromSeconds(30));

        line.ShouldStartWith("Replaying 3 prompts of 2 models on http://127.0.0.1:");
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..] + "/v1/models"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        error.ToString().ShouldContain("1 of the prompts have no recorded response");
        await stop.CancelAsync();
        (await running).ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_named_models_are_replayed()
    {
        using var table = await TableFile.WithAsync(Row("one", ("a", Said("1")), ("b", Said("2")), ("c", Said("3"))));
        using var stop = new CancellationTokenSource();
        var output = new FirstLine();

        var running = Invoke(output, new StringWriter(), stop.Token, "--data", table.Path, "--port", "0", "--model", "a", "--model", "c");

        (await output.Line.WaitAsync(TimeSpan.FromSeconds(30))).ShouldStartWith("Replaying 1 prompts of 2 models on ");
        await stop.CancelAsync();
        (await running).ShouldBe(0);
    }

    [Theory]
    [InlineData(ExitCode.Failure, "cannot be opened", "--data", "/nowhere/table.jsonl", "--port", "0")]
    [InlineData(ExitCode.Failure, "no model 'z'", "--data", "TABLE", "--port", "0", "--model", "z")]
    [InlineData(ExitCode.Usage, "--host is 'somewhere'", "--data", "TABLE", "--port", "0", "--host", "somewhere")]
    [InlineData(ExitCode.Usage, "--port is '65536'", "--data", "TABLE", "--port", "65536")]
    [InlineData(ExitCode.Usage, "--port is 'many'", "--data", "TABLE", "--port", "many")]
    [InlineData(ExitCode.Usage, "--data", "--port", "0")]
    public async Task What_cannot_work_is_a_clear_error(int exitCode, string message, params string[] arguments)
    {
        using var table = await TableFile.WithAsync(Row("one", ("a", Said("1"))));
        var error = new StringWriter();

        var code = await Invoke(new StringWriter(), error, CancellationToken.None, [.. arguments.Select(argument => argument == "TABLE" ? table.Path : argument)]);

        code.ShouldBe(exitCode);
        error.ToString().ShouldStartWith("orchestra: ");
        error.ToString().ShouldContain(message);
    }

    [Fact]
    public async Task Malformed_rows_are_told_and_a_table_without_rows_is_an_error()
    {
        using var table = TableFile.WithText("nonsense\n");
        var error = new StringWriter();

        (await Invoke(new StringWriter(), error, CancellationToken.None, "--data", table.Path, "--port", "0")).ShouldBe(1);

        error.ToString().ShouldContain($"Skipped {table.Path}:1: ");
        error.ToString().ShouldContain("no rows");
    }

    private static Task<int> Invoke(TextWriter output, TextWriter error, CancellationToken ct, params string[] arguments) =>
        OrchestraCommand.RunAsync(["replay", .. arguments], new InvocationConfiguration { Output = output, Error = error }, ct);

    /// <summary>A writer whose first line can be awaited.</summary>
    private sealed class FirstLine : TextWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly StringBuilder _text = new();

        public Task<string> Line => _line.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value == '\n')
                _line.TrySetResult(_text.ToString());
            _text.Append(value);
        }
    }
}
