using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public sealed class SearchExpertTests : IAsyncLifetime, IDisposable
{
    private readonly Library _library = new();
    private readonly SearchIndex _index;
    private readonly SearchExpert _expert;

    public SearchExpertTests()
    {
        _library.Write("birds.md", "# Birds\n\n## Pelicans\n\nA pelican eats fish.");
        _library.Write("fish.txt", "Fish eat pelican feathers only by mistake.");
        _index = _library.Index();
        _expert = new SearchExpert("docs", _index, _library.Time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _index.DisposeAsync();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void It_is_a_free_tool_for_looking_things_up()
    {
        _expert.Descriptor.Name.ShouldBe("docs");
        _expert.Descriptor.Kind.ShouldBe("search");
        _expert.Descriptor.Price.IsFree.ShouldBeTrue();
        _expert.Descriptor.Skills.ShouldBe(["lookup"]);
        _expert.Descriptor.IsChat.ShouldBeFalse();
        var tool = _expert.Descriptor.Tool!;
        tool.Name.ShouldBe("docs");
        tool.MainParameter.ShouldBe("query");
        using var schema = JsonDocument.Parse(tool.ParametersSchema);
        schema.RootElement.GetProperty("properties").GetProperty("limit").GetProperty("maximum").GetInt32().ShouldBe(20);
        schema.RootElement.GetProperty("required")[0].GetString().ShouldBe("query");
    }

    [Theory]
    [InlineData("{\"query\":\"pelican feathers\"}")]
    [InlineData("\"pelican feathers\"")]
    [InlineData("pelican feathers")]
    [InlineData("{\"query\": pelican feathers")]
    [InlineData(null)]
    public async Task Arguments_may_be_json_or_a_bare_query_or_the_last_user_message(string? arguments)
    {
        var reply = await _expert.AskAsync(Call(arguments), CancellationToken.None);

        reply.Completion.Text.ShouldBe(
            "1. fish.txt:1\nFish eat pelican feathers only by mistake.\n\n2. birds.md:5 › Birds › Pelicans\nA pelican eats fish.");
        reply.Completion.FinishReason.ShouldBe("stop");
        reply.Usage.ShouldBe(new TokenUsage(0, 0));
        reply.Completion.Usage.ShouldBe(new TokenUsage(0, 0));
    }

    [Fact]
    public async Task A_limit_is_honoured()
    {
        var reply = await _expert.AskAsync(Call("""{"query":"pelican","limit":1}"""), CancellationToken.None);
        reply.Completion.Text.ShouldNotContain("2. ");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"query\":7}")]
    [InlineData("{\"query\":\"x\",\"limit\":0}")]
    [InlineData("{\"query\":\"x\",\"limit\":21}")]
    [InlineData("{\"query\":\"x\",\"limit\":1.5}")]
    [InlineData("{\"query\":\"x\",\"limit\":\"3\"}")]
    [InlineData("{\"query\":\"\\ud800\"}")]
    [InlineData("\"\\ud800\"")]
    public async Task Arguments_of_another_shape_are_refused_with_what_to_change(string arguments)
    {
        var exception = await Should.ThrowAsync<ExpertException>(() => _expert.AskAsync(Call(arguments), CancellationToken.None));

        exception.Expert.ShouldBe("docs");
        exception.Code.ShouldBe(ErrorCode.InvalidRequest);
        exception.Status.ShouldBe(400);
        exception.RequestAtFault.ShouldBeTrue();
        exception.Message.ShouldContain("\"query\"");
    }

    [Property(MaxTest = 200)]
    public async Task No_arguments_break_it(string? arguments)
    {
        try
        {
            (await _expert.AskAsync(Call(arguments), CancellationToken.None)).Completion.Text.ShouldNotBeEmpty();
        }
        catch (ExpertException exception)
        {
            exception.Status.ShouldBe(400);
        }
    }

    [Theory]
    [InlineData("submarine", "No passage was found. 2 documents are indexed.")]
    [InlineData("is it", "Nothing was looked for: the query has no word that tells one passage from another. 2 documents are indexed.")]
    public async Task What_is_not_found_is_said_plainly(string query, string text) =>
        (await _expert.AskAsync(Call(query), CancellationToken.None)).Completion.Text.ShouldBe(text);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_gives_the_same_answer(bool includeUsage)
    {
        var request = ChatRequestReader.Read(Encoding.UTF8.GetBytes(
            $$$"""{"model":"docs","stream":true,"stream_options":{"include_usage":{{{(includeUsage ? "true" : "false")}}}},"messages":[{"role":"user","content":"feathers"}]}"""));
        var text = new StringBuilder();
        var events = new StringBuilder();
        ReplyChunk last = default;
        await foreach (var chunk in _expert.StreamAsync(new ExpertCall("call_1", request, RequestEdits.None), CancellationToken.None))
        {
            last = chunk;
            events.Append(Encoding.UTF8.GetString(chunk.Events.Span));
        }

        foreach (var line in events.ToString().Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            foreach (var choice in json.RootElement.GetProperty("choices").EnumerateArray())
                text.Append(choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : string.Empty);
        }

        text.ToString().ShouldBe("1. fish.txt:1\nFish eat pelican feathers only by mistake.");
        last.FinishReason.ShouldBe("stop");
        last.Usage.ShouldBe(new TokenUsage(0, 0));
        events.ToString().Contains("prompt_tokens", StringComparison.Ordinal).ShouldBe(includeUsage);
    }

    [Fact]
    public async Task The_passages_can_be_judged_before_they_are_an_answer()
    {
        var answer = await _expert.SearchAsync(Call("pelican feathers"), CancellationToken.None);
        answer.Passages.Select(passage => passage.Coverage).ShouldBe([1, 0.5]);
    }

    [Fact]
    public async Task A_closed_index_fails_as_an_expert_does()
    {
        await _index.DisposeAsync();
        (await Should.ThrowAsync<ExpertException>(() => _expert.AskAsync(Call("pelican"), CancellationToken.None))).Code.ShouldBe(ErrorCode.ShuttingDown);
    }

    private static ExpertCall Call(string? arguments) => new("call_1", ChatRequest.FromText("docs", "Where are the pelican feathers?"), RequestEdits.None, arguments);
}
