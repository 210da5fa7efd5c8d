using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Cli.Ask;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tests.Ask;

public sealed class AskCommandTests
{
    private const string Streamed =
        ": waiting\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"3/\"},\"finish_reason\":null}]}\n\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"56\"},\"finish_reason\":null}]}\r\n\r\n" +
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" +
        ": x-orchestra-cost-usd 0.000012\n\n" +
        "data: [DONE]\n\n";

    private const string Whole = """{"choices":[{"index":0,"message":{"role":"assistant","content":"3/56"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4}}""";

    private static readonly (string, string)[] Headers =
        [("x-orchestra-trajectory", "traj_1"), ("x-orchestra-experts", "small, calculator"), ("x-orchestra-cost-usd", "0.000034")];

    [Fact]
    public async Task A_streamed_answer_goes_to_standard_output_and_the_rest_to_standard_error()
    {
        await using var node = await TestNode.StartAsync(200, "text/event-stream", Streamed, Headers[..2]);

        var run = await CommandRun.RunAsync("ask", "What is 12.5% of 3/7?", "--url", node.Url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Ok);
        run.Output.ShouldBe("3/56" + Environment.NewLine);
        run.Error.ShouldBe("cost $0.000012 · experts small, calculator · trajectory traj_1" + Environment.NewLine);
        var (line, authorization, body) = node.Requests.ShouldHaveSingleItem();
        line.ShouldBe("POST /v1/chat/completions");
        authorization.ShouldBe("Bearer secret");
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("model").GetString().ShouldBe("orchestra");
        json.RootElement.GetProperty("stream").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("What is 12.5% of 3/7?");
    }

    [Fact]
    public async Task Without_streaming_the_cost_comes_from_the_header()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Whole, Headers);

        var run = await CommandRun.RunAsync("ask", "hello", "--no-stream", "--model", "small", "--url", node.Url, "--key", "secret");

        run.Output.ShouldBe("3/56" + Environment.NewLine);
        run.Error.ShouldContain("cost $0.000034");
        node.Requests[0].Body.ShouldContain("\"model\":\"small\"");
        node.Requests[0].Body.ShouldNotContain("stream");
    }

    [Fact]
    public async Task Json_holds_the_answer_and_what_it_cost()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Whole, Headers);

        var run = await CommandRun.RunAsync("ask", "hello", "--json", "--url", node.Url, "--key", "secret");

        run.Error.ShouldBeEmpty();
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("answer").GetString().ShouldBe("3/56");
        json.RootElement.GetProperty("cost_usd").GetString().ShouldBe("0.000034");
        json.RootElement.GetProperty("trajectory").GetString().ShouldBe("traj_1");
        json.RootElement.GetProperty("experts").EnumerateArray().Select(expert => expert.GetString()).ShouldBe(["small", "calculator"]);
    }

    [Theory]
    [InlineData("-")]
    [InlineData]
    public async Task A_piped_question_is_read_from_standard_input(params string[] question)
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Whole);

        var run = await CommandRun.RunAsync(AskCommand.Create(() => new StringReader("a question\nin two lines")), [.. question, "--url", node.Url, "--key", "secret"]);

        run.ExitCode.ShouldBe(ExitCode.Ok);
        node.Requests[0].Body.ShouldContain("a question\\nin two lines");
    }

    [Fact]
    public async Task Without_a_question_the_usage_is_shown()
    {
        var error = await Should.ThrowAsync<CommandException>(() => CommandRun.RunAsync(AskCommand.Create(() => null), "--key", "secret"));

        error.ExitCode.ShouldBe(ExitCode.Usage);
        error.Message.ShouldContain("There is no question");
    }

    [Fact]
    public async Task A_question_that_starts_with_an_at_sign_is_no_file()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Whole);

        var run = await CommandRun.RunAsync("ask", "@/etc/hostname", "--url", node.Url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Ok);
        node.Requests[0].Body.ShouldContain("@/etc/hostname");
    }

    [Fact]
    public async Task A_wrong_key_is_named_as_such_and_never_shown()
    {
        await using var node = await TestNode.StartAsync(401, "application/json", """{"error":{"message":"The API key is wrong.","type":"x","code":"invalid_api_key","param":null}}""");

        var run = await CommandRun.RunAsync("ask", "hello", "--url", node.Url, "--key", "not-the-key");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("does not accept this key");
        run.Error.ShouldNotContain("not-the-key");
    }

    [Fact]
    public async Task An_error_of_the_node_is_shown_with_its_code()
    {
        await using var node = await TestNode.StartAsync(429, "application/json", """{"error":{"message":"The budget is spent.","type":"x","code":"insufficient_quota","param":null}}""");

        var run = await CommandRun.RunAsync("ask", "hello", "--url", node.Url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldBe("orchestra: The budget is spent. (insufficient_quota)" + Environment.NewLine);
    }

    [Theory]
    [InlineData(502, "text/html", "<html>bad gateway</html>", "did not say why")]
    [InlineData(200, "application/json", "not json", "could not be read")]
    [InlineData(200, "application/json", "{}", "no choices")]
    [InlineData(200, "text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n", "before its end")]
    [InlineData(200, "text/event-stream", "data: {oops\n\n", "not JSON")]
    [InlineData(200, "text/event-stream", "data: {\"error\":{\"message\":\"The expert fell silent.\",\"code\":\"upstream_timeout\"}}\n\n", "The expert fell silent. (upstream_timeout)")]
    public async Task A_broken_answer_is_a_failure_in_words(int status, string contentType, string body, string words)
    {
        await using var node = await TestNode.StartAsync(status, contentType, body);

        var run = await CommandRun.RunAsync("ask", "hello", "--url", node.Url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task An_endless_line_is_cut_off()
    {
        await using var node = await TestNode.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            var block = new string('x', 1024 * 1024);
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(block, context.RequestAborted);
        });

        var run = await CommandRun.RunAsync("ask", "hello", "--url", node.Url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain($"more than {AnswerStream.MaxLine} bytes");
    }

    [Fact]
    public async Task Where_nothing_listens_the_user_learns_how_to_start_the_node()
    {
        string url;
        await using (var node = await TestNode.StartAsync(200, "text/plain", ""))
            url = node.Url;

        var run = await CommandRun.RunAsync("ask", "hello", "--url", url, "--key", "secret");

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("./orchestra serve");
        run.Error.ShouldContain(url);
    }

    [Fact]
    public async Task An_answer_that_was_cut_says_so()
    {
        await using var node = await TestNode.StartAsync(200, "application/json", Whole.Replace("\"stop\"", "\"length\"", StringComparison.Ordinal));

        var run = await CommandRun.RunAsync("ask", "hello", "--url", node.Url, "--key", "secret");

        run.Error.ShouldContain("ended early: length");
    }
}
