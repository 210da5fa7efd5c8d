using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Orchestra.Core.Chat;
using static Orchestra.Core.Tests.Chat.RequestJson;

namespace Orchestra.Core.Tests.Chat;

public class ChatRequestWriterTests
{
    private static readonly string[] Edited =
        ["model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "tools"];

    [Fact]
    public void Only_the_model_differs_where_nothing_is_edited() =>
        Write(Read("""{ "temperature" : 0.10, "model" : "orchestra","messages":[ {"role":"user","content":"h\u0069"} ] , "x":[1, 2 ]}"""), model: "a\"b")
            .ShouldBe("""{"temperature" : 0.10,"model":"a\u0022b","messages":[ {"role":"user","content":"h\u0069"} ],"x":[1, 2 ]}""");

    [Theory]
    [InlineData("\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("\"stream\":true,\"stream_options\":{\"include_usage\":false}")]
    [InlineData("\"stream\":null,\"stream_options\":null")]
    [InlineData("\"stream\":false")]
    public void Without_a_stream_neither_field_is_sent(string fields) =>
        Fields(Write(Read(With(fields)), stream: false)).Select(field => field.Name).ShouldBe(["model", "messages"]);

    [Theory]
    [InlineData("\"x\":1", "{\"include_usage\":true}")]
    [InlineData("\"stream\":false", "{\"include_usage\":true}")]
    [InlineData("\"stream_options\":null", "{\"include_usage\":true}")]
    [InlineData("\"stream_options\":{}", "{\"include_usage\":true}")]
    [InlineData("\"stream_options\":{ \"include_usage\" : true }", "{ \"include_usage\" : true }")]
    [InlineData("\"stream_options\":{\"include_usage\":null}", "{\"include_usage\":true}")]
    [InlineData("\"stream_options\":{\"a\" : 1.0,\"include_us\\u0061ge\":false, \"a\":{\"include_usage\":false}}", "{\"a\" : 1.0,\"a\":{\"include_usage\":false},\"include_usage\":true}")]
    public void A_stream_always_asks_for_the_usage_and_keeps_other_options(string fields, string options)
    {
        var written = Fields(Write(Read(With(fields)), stream: true));

        written.Where(field => field.Name == "stream").ShouldBe([("stream", "true")]);
        written.Where(field => field.Name == "stream_options").ShouldBe([("stream_options", options)]);
    }

    [Theory]
    [InlineData("\"x\":1", "max_tokens", "max_tokens")]
    [InlineData("\"x\":1", "max_completion_tokens", "max_completion_tokens")]
    [InlineData("\"max_tokens\":900", "max_completion_tokens", "max_tokens")]
    [InlineData("\"max_tokens\":null", "max_completion_tokens", "max_tokens")]
    [InlineData("\"max_completion_tokens\":900", "max_tokens", "max_completion_tokens")]
    [InlineData("\"max_tokens\":900,\"max_completion_tokens\":800", "max_tokens", "max_tokens")]
    [InlineData("\"max_tokens\":900,\"max_completion_tokens\":800", "max_completion_tokens", "max_completion_tokens")]
    [InlineData("\"max_completion_tokens\":800,\"max_tokens\":900", "other", "max_completion_tokens")]
    public void A_limit_is_sent_once_under_the_name_that_fits(string fields, string upstreamName, string expected)
    {
        var written = Fields(Write(Read(With(fields)), new RequestEdits { MaxOutputTokens = 50 }, maxTokensField: upstreamName));

        written.Where(field => field.Name.StartsWith("max_", StringComparison.Ordinal)).ShouldBe([(expected, "50")]);
    }

    [Theory]
    [InlineData("\"max_tokens\":900,\"max_completion_tokens\":20", "max_tokens", "20")]
    [InlineData("\"max_tokens\":20,\"max_completion_tokens\":900", "max_completion_tokens", "20")]
    [InlineData("\"max_tokens\":null,\"max_completion_tokens\":900", "max_tokens", "900")]
    public void Two_limits_of_the_client_leave_as_one_so_that_no_upstream_picks_the_other(string fields, string name, string value) =>
        Fields(Write(Read(With(fields)), maxTokensField: name)).Where(field => field.Name.StartsWith("max_", StringComparison.Ordinal)).ShouldBe([(name, value)]);

    [Fact]
    public void The_clients_single_limit_stays_byte_for_byte() =>
        Write(Read(With("\"max_tokens\" :  900"))).ShouldEndWith(",\"max_tokens\" :  900}");

    [Fact]
    public void Messages_are_added_behind_the_clients() =>
        Write(Read(WithMessages($"{Hello[..^1]} \n ]")), new RequestEdits { AppendMessages = ["{\"a\":1}", "{\"b\":\"é\"}"] })
            .ShouldBe("""{"model":"up","messages":[{"role":"user","content":"Hello"} """ + "\n " + """,{"a":1},{"b":"é"}]}""");

    [Fact]
    public void Messages_are_replaced_and_others_added_behind_them() =>
        Write(Read(WithMessages(Hello)), new RequestEdits { ReplaceMessages = ["{\"a\":1}"], AppendMessages = ["{\"b\":2}"] })
            .ShouldBe("""{"model":"up","messages":[{"a":1},{"b":2}]}""");

    [Theory]
    [InlineData("\"x\":1", "[{\"t\":1}]")]
    [InlineData("\"tools\":null", "[{\"t\":1}]")]
    [InlineData("\"tools\":[ ]", "[{\"t\":1}]")]
    [InlineData("\"tools\":[{\"mine\":1}]", "[{\"mine\":1}]")]
    public void Tools_are_added_where_the_client_has_none(string fields, string tools) =>
        Fields(Write(Read(With(fields)), new RequestEdits { Tools = "[{\"t\":1}]" })).Where(field => field.Name == "tools").ShouldBe([("tools", tools)]);

    [Fact]
    public void A_bare_request_holds_nothing_of_the_clients_but_its_messages()
    {
        var request = Read(With("\"temperature\":1,\"tools\":[{\"mine\":1}],\"response_format\":{\"type\":\"json_object\"},\"stop\":[\"x\"],\"n\":5,\"stream\":true,\"stream_options\":{\"a\":1},\"max_tokens\":9,\"max_completion_tokens\":8"));

        Write(request, new RequestEdits { Bare = true }).ShouldBe("""{"model":"up","messages":[{"role":"user","content":"Hello"}]}""");
        Write(request, new RequestEdits { Bare = true, MaxOutputTokens = 5, Tools = "[{\"t\":1}]" }, stream: true).ShouldBe(
            """{"model":"up","messages":[{"role":"user","content":"Hello"}],"max_completion_tokens":5,"stream":true,"stream_options":{"include_usage":true},"tools":[{"t":1}]}""");
    }

    [Property(MaxTest = 1000)]
    public void Whatever_the_edits_the_rest_survives(int seed)
    {
        var random = new Random(seed);
        var sample = RequestSample.Make(random);
        var edits = new RequestEdits
        {
            Bare = random.Next(4) == 0,
            MaxOutputTokens = random.Next(2) == 0 ? random.Next(1, 1000) : null,
            AppendMessages = random.Next(2) == 0 ? ["{\"role\":\"user\",\"content\":\"more\"}"] : [],
            ReplaceMessages = random.Next(4) == 0 ? ["{\"role\":\"user\",\"content\":\"other\"}"] : null,
            Tools = random.Next(2) == 0 ? "[{\"added\":true}]" : null,
        };
        var stream = random.Next(2) == 0;
        var maxTokensField = random.Next(2) == 0 ? "max_tokens" : "max_completion_tokens";

        var request = Read(sample.Json);
        var written = Write(request, edits, "up", stream, maxTokensField);

        var fields = Fields(written);
        fields.Select(field => field.Name).ShouldBeUnique();
        Untouched(fields).ShouldBe(edits.Bare ? [] : Untouched(sample.Fields));
        var json = JsonNode.Parse(written)!.AsObject();
        json["model"]!.GetValue<string>().ShouldBe("up");
        JsonNode.DeepEquals(json["messages"], JsonNode.Parse($"[{string.Join(',', [.. edits.ReplaceMessages ?? sample.Messages, .. edits.AppendMessages])}]")).ShouldBeTrue();
        (json["stream"]?.GetValue<bool>() ?? false).ShouldBe(stream);
        (json["stream_options"]?["include_usage"]?.GetValue<bool>() ?? false).ShouldBe(stream);
        CheckLimit(request, edits, json);
        CheckTools(request, edits, json);
    }

    private static IEnumerable<(string Name, string Value)> Untouched(IEnumerable<(string Name, string Value)> fields) =>
        fields.Where(field => !Edited.Contains(field.Name));

    private static void CheckLimit(ChatRequest request, RequestEdits edits, JsonObject json)
    {
        int?[] sent = [.. new[] { "max_tokens", "max_completion_tokens" }.Select(name => json[name]).OfType<JsonNode>().Select(node => (int?)node.GetValue<int>())];
        if (edits.MaxOutputTokens is { } limit)
            sent.ShouldBe([limit]);
        else
            sent.ShouldBe(edits.Bare || request.MaxOutputTokens is null ? [] : [request.MaxOutputTokens]);
    }

    private static void CheckTools(ChatRequest request, RequestEdits edits, JsonObject json)
    {
        if (edits.Tools is not null && (edits.Bare || !request.HasTools))
            json["tools"]!.ToJsonString().ShouldBe(edits.Tools);
        else if (edits.Bare)
            json.ContainsKey("tools").ShouldBeFalse();
        else if (request.HasTools)
            json["tools"]![0]!["function"]!["name"]!.GetValue<string>().ShouldBe("f");
    }
}
