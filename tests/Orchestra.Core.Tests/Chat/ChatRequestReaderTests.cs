using System.Text;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using static Orchestra.Core.Tests.Chat.RequestJson;

namespace Orchestra.Core.Tests.Chat;

public class ChatRequestReaderTests
{
    [Fact]
    public void Every_fact_is_read_from_a_full_request()
    {
        var request = Read("""
            {"temperature":0.2,"model":"orchestra","n":3,"stream":true,"stream_options":{"x":[1],"include_usage":true},"max_tokens":77,
             "tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"schema":{"type":"text"},"type":"json_schema"},
             "messages":[{"role":"developer","content":"Be brief."},{"content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"data:abc"}}],"role":"user"}]}
            """);

        request.Model.ShouldBe("orchestra");
        request.Choices.ShouldBe(3);
        request.Stream.ShouldBeTrue();
        request.IncludeUsage.ShouldBeTrue();
        request.MaxOutputTokens.ShouldBe(77);
        request.HasTools.ShouldBeTrue();
        request.RequiresJson.ShouldBeTrue();
        request.MessageCount.ShouldBe(2);
        request.MediaParts.ShouldBe(1);
        request.IsMultiTurn.ShouldBeFalse();
        request.LastUserText.ShouldBe("Look:");
        request.PromptText.ShouldBe("Be brief.\nLook:");
        request.LikelyPromptTokens.ShouldBe(TokenEstimator.Likely(request.TextBytes) + TokenEstimator.TokensPerImage);
        request.CeilingPromptTokens.ShouldBeGreaterThan(request.LikelyPromptTokens);
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var request = Read(WithMessages(Hello));

        request.Stream.ShouldBeFalse();
        request.IncludeUsage.ShouldBeFalse();
        request.MaxOutputTokens.ShouldBeNull();
        request.Choices.ShouldBe(1);
        request.HasTools.ShouldBeFalse();
        request.RequiresJson.ShouldBeFalse();
        request.MediaParts.ShouldBe(0);
    }

    [Fact]
    public void Null_is_the_same_as_nothing_said()
    {
        var request = Read(With("\"stream\":null,\"stream_options\":null,\"max_tokens\":null,\"max_completion_tokens\":null,\"n\":null,\"tools\":null,\"response_format\":null"));

        request.Stream.ShouldBeFalse();
        request.MaxOutputTokens.ShouldBeNull();
        request.Choices.ShouldBe(1);
        request.HasTools.ShouldBeFalse();
        request.RequiresJson.ShouldBeFalse();
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("\"text\"", "body")]
    [InlineData("null", "body")]
    [InlineData("7", "body")]
    [InlineData("{}", "model")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":null,\"messages\":[]}", "model")]
    [InlineData("{\"model\":7}", "model")]
    [InlineData("{\"model\":\"\"}", "model")]
    [InlineData("{\"model\":{\"a\":1}}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":null}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":{}}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":\"hi\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[ ]}", "messages")]
    public void A_missing_or_wrong_top_level_field_is_named(string json, string param) => Refused(json, ErrorCode.InvalidRequest, param);

    [Theory]
    [InlineData("\"stream\":1", "stream")]
    [InlineData("\"stream\":\"true\"", "stream")]
    [InlineData("\"stream_options\":true", "stream_options")]
    [InlineData("\"stream_options\":[]", "stream_options")]
    [InlineData("\"stream_options\":{\"include_usage\":\"yes\"}", "stream_options.include_usage")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":-1", "max_tokens")]
    [InlineData("\"max_tokens\":1.5", "max_tokens")]
    [InlineData("\"max_tokens\":1e2", "max_tokens")]
    [InlineData("\"max_tokens\":2147483648", "max_tokens")]
    [InlineData("\"max_tokens\":1e999", "max_tokens")]
    [InlineData("\"max_tokens\":\"10\"", "max_tokens")]
    [InlineData("\"max_completion_tokens\":[10]", "max_completion_tokens")]
    [InlineData("\"max_completion_tokens\":99999999999999999999999999", "max_completion_tokens")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":129", "n")]
    [InlineData("\"n\":true", "n")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":\"f\"", "tools")]
    [InlineData("\"response_format\":\"json_object\"", "response_format")]
    [InlineData("\"response_format\":[]", "response_format")]
    public void A_wrong_option_is_named(string field, string param) => Refused(With(field), ErrorCode.InvalidRequest, param);

    [Theory]
    [InlineData("[1]", "messages[0]")]
    [InlineData("[[]]", "messages[0]")]
    [InlineData("[null]", "messages[0]")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\"},\"y\"]", "messages[1]")]
    [InlineData("[{}]", "messages[0].role")]
    [InlineData("[{\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":null,\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"boss\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"User\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":[\"user\"],\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"user\"}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":null}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":7}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":{\"text\":\"x\"}}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":[\"x\"]}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":[[]]}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"tool_calls\":[{}]}]", "messages[0].content")]
    [InlineData("[{\"role\":\"assistant\"}]", "messages[0].content")]
    [InlineData("[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":null}]", "messages[0].content")]
    [InlineData("[{\"role\":\"tool\",\"content\":\"x\"}]", "messages[0].tool_call_id")]
    [InlineData("[{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":null}]", "messages[0].tool_call_id")]
    [InlineData("[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"tool\",\"tool_call_id\":\"c\"}]", "messages[2].content")]
    public void A_wrong_message_is_named_with_its_number(string messages, string param) => Refused(WithMessages(messages), ErrorCode.InvalidRequest, param);

    [Theory]
    [InlineData("""[{"role":"assistant","tool_calls":[{"id":"c"}]},{"role":"tool","tool_call_id":"c","content":"4"}]""", 2)]
    [InlineData("""[{"role":"assistant","content":null,"function_call":{"name":"f"}},{"role":"function","name":"f","content":""}]""", 2)]
    [InlineData("""[{"role":"assistant","refusal":"No."},{"role":"assistant","audio":{"id":"a"}},{"role":"user","content":[]}]""", 3)]
    [InlineData("""[{"role":"system","content":"s"},{"role":"developer","content":"d"},{"name":"Ann","role":"us\u0065r","content":"u"}]""", 3)]
    public void Every_usual_kind_of_message_is_accepted(string messages, int count) => Read(WithMessages(messages)).MessageCount.ShouldBe(count);

    [Theory]
    [InlineData("""[{"role":"user","content":"a"}]""", false)]
    [InlineData("""[{"role":"system","content":"s"},{"role":"user","content":"a"}]""", false)]
    [InlineData("""[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]""", true)]
    public void More_than_one_message_behind_the_system_messages_is_a_conversation(string messages, bool expected) =>
        Read(WithMessages(messages)).IsMultiTurn.ShouldBe(expected);

    [Theory]
    [InlineData("\"max_tokens\":50,\"max_completion_tokens\":20", 20)]
    [InlineData("\"max_tokens\":20,\"max_completion_tokens\":50", 20)]
    [InlineData("\"max_tokens\":null,\"max_completion_tokens\":50", 50)]
    [InlineData("\"max_tokens\":50,\"max_completion_tokens\":null", 50)]
    public void Of_two_limits_the_smaller_one_counts(string fields, int expected) => Read(With(fields)).MaxOutputTokens.ShouldBe(expected);

    [Theory]
    [InlineData("[]", false)]
    [InlineData("[ \n ]", false)]
    [InlineData("[{}]", true)]
    public void Only_a_list_with_something_in_it_offers_tools(string tools, bool expected) => Read(With($"\"tools\":{tools}")).HasTools.ShouldBe(expected);

    [Theory]
    [InlineData("{\"type\":\"text\"}", false)]
    [InlineData("{\"type\":7}", false)]
    [InlineData("{}", false)]
    [InlineData("{\"inner\":{\"type\":\"json_object\"}}", false)]
    [InlineData("{\"type\":\"json_object\"}", true)]
    [InlineData("{\"inner\":{\"type\":\"text\"},\"ty\\u0070e\":\"json_schema\",\"more\":[{\"type\":\"text\"}]}", true)]
    public void Json_is_required_where_the_format_says_so_itself(string format, bool expected) =>
        Read(With($"\"response_format\":{format}")).RequiresJson.ShouldBe(expected);

    [Theory]
    [InlineData("""[{"type":"text","text":"0123456789"}]""", 12, 0)]
    [InlineData("""[{"text":"0123456789"}]""", 12, 0)]
    [InlineData("""[{"type":"input_text","text":"0123456789"}]""", 12, 0)]
    [InlineData("""[{"type":"image_url","image_url":{"url":"0123456789"}}]""", 0, 1)]
    [InlineData("""[{"image_url":{"url":"0123456789"}}]""", 0, 1)]
    [InlineData("""[{"type":"input_audio","input_audio":{"data":"0123456789"}},{"type":"file","file":{}}]""", 0, 2)]
    [InlineData("""[{"type":"image_url","text":"0123456789"}]""", 12, 1)]
    [InlineData("""[{"type":"unheard_of","payload":"0123456789"}]""", 12, 1)]
    [InlineData("""[{"type":7,"text":"0123456789"}]""", 12, 1)]
    [InlineData("""[{"type":"text","image_url":"0123456789"}]""", 12, 0)]
    public void Text_is_counted_wherever_a_part_hides_it(string content, int textBytes, int mediaParts)
    {
        var request = Read(WithMessages($$"""[{"role":"user","content":{{content}}}]"""));

        request.TextBytes.ShouldBe(textBytes);
        request.MediaParts.ShouldBe(mediaParts);
    }

    [Theory]
    [InlineData("\"documents\":[\"0123456789\"]", 14)]
    [InlineData("\"functions\":[{}]", 4)]
    [InlineData("\"chat_template\":\"0123456789\"", 12)]
    [InlineData("\"response_format\":{\"type\":\"text\"}", 15)]
    [InlineData("\"tools\":[{}]", 4)]
    [InlineData("\"temperature\":0.123456,\"seed\":null,\"logprobs\":true", 0)]
    public void Text_is_counted_in_every_field_that_may_reach_the_prompt(string field, int more) =>
        Read(With(field)).TextBytes.ShouldBe(5 + more);

    [Fact]
    public void The_error_names_line_and_byte_of_broken_json()
    {
        var exception = Should.Throw<OrchestraException>(() => Read("{\"model\":\"m\",\n  \"messages\":[}"));

        exception.Code.ShouldBe(ErrorCode.InvalidJson);
        exception.Status.ShouldBe(400);
        exception.Message.ShouldContain("line 2, byte 15");
    }

    [Fact]
    public void The_error_names_line_and_byte_of_what_is_no_unicode()
    {
        byte[] body = [.. "{\"model\":\"m\",\n\"user\":\""u8, 0xFF, .. "\",\"messages\":"u8, .. Encoding.UTF8.GetBytes(Hello), .. "}"u8];

        var exception = Should.Throw<OrchestraException>(() => ChatRequestReader.Read(body));

        exception.Code.ShouldBe(ErrorCode.InvalidJson);
        exception.Message.ShouldContain("line 2, byte 9");
    }

    [Fact]
    public void An_error_never_holds_what_the_client_wrote()
    {
        foreach (var json in new[] { "{\"secret\":", "{\"model\":\"m\",\"messages\":[{\"role\":\"secret\",\"content\":\"x\"}]}", With("\"stream\":\"secret\"") })
            Should.Throw<OrchestraException>(() => Read(json)).Message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_request_made_in_the_process_is_read_back()
    {
        var request = ChatRequest.FromText("docs", "\"quoted\"\n\ud83d", stream: true);

        request.Model.ShouldBe("docs");
        request.Stream.ShouldBeTrue();
        request.LastUserText.ShouldBe("\"quoted\"\n\uFFFD");
    }

    internal static void Refused(string json, string code, string? param)
    {
        var exception = Should.Throw<OrchestraException>(() => Read(json));
        exception.Status.ShouldBe(400);
        exception.Code.ShouldBe(code);
        exception.Param.ShouldBe(param);
    }
}
