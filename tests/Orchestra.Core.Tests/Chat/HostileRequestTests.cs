using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using static Orchestra.Core.Tests.Chat.RequestJson;

namespace Orchestra.Core.Tests.Chat;

public class HostileRequestTests
{
    private static readonly string[] Known = ["model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n", "tools", "response_format"];

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{\"model\"")]
    [InlineData("{\"model\":\"m\",}")]
    [InlineData("{'model':'m'}")]
    [InlineData("{model:\"m\"}")]
    [InlineData("{\"model\":NaN}")]
    [InlineData("{\"a\":Infinity}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":0x10}")]
    [InlineData("{\"a\":\"tab\there\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("/* c */{}")]
    [InlineData("{} // c")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} {}")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}]")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]")]
    [InlineData("\uFEFF{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    public void What_is_no_json_is_refused(string json) => ChatRequestReaderTests.Refused(json, ErrorCode.InvalidJson, param: null);

    [Theory]
    [InlineData(60, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_bounded(int depth, bool isAccepted)
    {
        var json = With($"\"deep\":{new string('[', depth)}{new string(']', depth)}");
        if (isAccepted)
            Read(json).Model.ShouldBe("orchestra");
        else
            ChatRequestReaderTests.Refused(json, ErrorCode.InvalidJson, param: null);
    }

    [Theory]
    [InlineData("\"user\":\"\\ud83d\"")]
    [InlineData("\"user\":\"\\ude00\"")]
    [InlineData("\"user\":\"\\ud83dx\\ude00\"")]
    [InlineData("\"user\":\"\\\\\\ud83d\"")]
    [InlineData("\"user\":\"\\ude00\\ud83d\"")]
    [InlineData("\"metadata\":{\"a\":[\"\\uDFFF\"]}")]
    [InlineData("\"na\\ud800me\":1")]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"metadata\":{\"na\\ud800me\":1}")]
    [InlineData("\"response_format\":{\"\\ud800\":\"json_object\"}")]
    [InlineData("\"response_format\":{\"type\":\"\\ud800\"}")]
    [InlineData("\"stream_options\":{\"\\ud800\":true}")]
    public void Half_a_surrogate_pair_is_refused_wherever_it_is(string field) => ChatRequestReaderTests.Refused(With(field), ErrorCode.InvalidJson, param: null);

    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\ud83d\"}]")]
    [InlineData("[{\"role\":\"us\\ud83der\",\"content\":\"x\"}]")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\\ud83d\"}]}]")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"\\ud83d\",\"text\":\"x\"}]}]")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"\\ud83d\":\"x\"}]}]")]
    [InlineData("[{\"role\":\"user\",\"\\ud83d\":\"x\",\"content\":\"x\"}]")]
    public void Half_a_surrogate_pair_in_a_message_is_refused(string messages)
    {
        var exception = Should.Throw<OrchestraException>(() => Read(WithMessages(messages)));
        exception.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\\\ud83d", "\\ud83d")]
    [InlineData("\\u0000\\u001f\\/", "\0\u001f/")]
    [InlineData("\\uD83D\\uDE00\\\\", "😀\\")]
    public void Whole_pairs_and_other_escapes_are_read_as_what_they_mean(string content, string text) =>
        Read(WithMessages($$"""[{"role":"user","content":"{{content}}"}]""")).LastUserText.ShouldBe(text);

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Bytes_that_are_no_utf8_are_refused(byte[] bytes)
    {
        byte[] body = [.. "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""u8, .. bytes, .. "\"}]}"u8];
        Should.Throw<OrchestraException>(() => ChatRequestReader.Read(body)).Code.ShouldBe(ErrorCode.InvalidJson);
    }

    [Theory]
    [InlineData("\"model\":\"other\"", "model")]
    [InlineData("\"mod\\u0065l\":\"other\"", "model")]
    [InlineData("\"messages\":[]", "messages")]
    [InlineData("\"stream\":false,\"stream\":true", "stream")]
    [InlineData("\"max_tokens\":1,\"max_tokens\":1000000", "max_tokens")]
    [InlineData("\"max_tokens\":1,\"max\\u005ftokens\":1000000", "max_tokens")]
    [InlineData("\"max_completion_tokens\":1,\"max_completion_tokens\":1", "max_completion_tokens")]
    [InlineData("\"n\":1,\"n\":128", "n")]
    [InlineData("\"n\":1,\"\\u006e\":128", "n")]
    [InlineData("\"tools\":[],\"tools\":[{}]", "tools")]
    [InlineData("\"response_format\":{},\"response_format\":{}", "response_format")]
    [InlineData("\"stream_options\":{},\"stream_options\":{}", "stream_options")]
    [InlineData("\"stream_options\":{\"include_usage\":true,\"include_usage\":false}", "stream_options.include_usage")]
    [InlineData("\"stream_options\":{\"include_usage\":true,\"include_us\\u0061ge\":false}", "stream_options.include_usage")]
    [InlineData("\"response_format\":{\"type\":\"text\",\"type\":\"json_object\"}", "response_format.type")]
    public void A_field_given_twice_is_refused(string field, string param) => ChatRequestReaderTests.Refused(With(field), ErrorCode.InvalidRequest, param);

    [Theory]
    [InlineData("\"Model\":\"other\"", "model")]
    [InlineData("\"MODEL\":\"other\"", "model")]
    [InlineData("\"\\u004dodel\":\"other\"", "model")]
    [InlineData("\"Messages\":[]", "messages")]
    [InlineData("\"me\u017F\u017Fages\":[]", "messages")]
    [InlineData("\"me\\u017fsages\":[]", "messages")]
    [InlineData("\"Max_Tokens\":1000000", "max_tokens")]
    [InlineData("\"max_to\u212Aens\":1000000", "max_tokens")]
    [InlineData("\"max_completion_tokenS\":1000000", "max_completion_tokens")]
    [InlineData("\"N\":128", "n")]
    [InlineData("\"Stream\":true", "stream")]
    [InlineData("\"STREAM_OPTIONS\":{}", "stream_options")]
    [InlineData("\"Tools\":[]", "tools")]
    [InlineData("\"Response_Format\":{}", "response_format")]
    public void A_field_that_some_servers_take_for_another_is_refused(string field, string param) =>
        ChatRequestReaderTests.Refused(With(field), ErrorCode.InvalidRequest, param);

    [Theory]
    [InlineData("""[{"role":"user","content":"cheap","content":"dear"}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":"cheap","c\u006fntent":"dear"}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":"x","content":null}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","role":"system","content":"x"}]""", "messages[0].role")]
    [InlineData("""[{"role":"assistant","tool_calls":[],"tool_calls":[{}]}]""", "messages[0].tool_calls")]
    [InlineData("""[{"role":"tool","content":"x","tool_call_id":"a","tool_call_id":"b"}]""", "messages[0].tool_call_id")]
    [InlineData("""[{"role":"user","content":"cheap","Content":"dear"}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":"x"},{"Role":"system","role":"user","content":"x"}]""", "messages[1].role")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"cheap","text":"dear"}]}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":[{"type":"image_url","type":"text","text":"x"}]}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"cheap","Text":"dear"}]}]""", "messages[0].content")]
    [InlineData("""[{"role":"user","content":[{"Type":"text","type":"image_url"}]}]""", "messages[0].content")]
    public void A_message_with_two_meanings_is_refused(string messages, string param) =>
        ChatRequestReaderTests.Refused(WithMessages(messages), ErrorCode.InvalidRequest, param);

    [Fact]
    public void Names_are_read_as_what_their_escapes_mean()
    {
        var request = Read("""{"\u006dodel":"a\u0062c","messages":[{"r\u006fle":"\u0075ser","conten\u0074":"h\u0069"}],"\u006d\u0061x_tokens":9}""");

        request.Model.ShouldBe("abc");
        request.MaxOutputTokens.ShouldBe(9);
        request.LastUserText.ShouldBe("hi");
        Write(request, new RequestEdits { MaxOutputTokens = 5 }).ShouldBe(
            """{"model":"up","messages":[{"r\u006fle":"\u0075ser","conten\u0074":"h\u0069"}],"\u006d\u0061x_tokens":5}""");
    }

    [Fact]
    public void Unknown_fields_may_be_named_as_they_like()
    {
        var request = Read(With("\"Temperature\":1,\"\":2,\"n_probs\":3,\"modeL_name\":4,\"x\":5,\"x\":6"));
        Write(request).ShouldEndWith(",\"Temperature\":1,\"\":2,\"n_probs\":3,\"modeL_name\":4,\"x\":5,\"x\":6}");
    }

    [Fact]
    public void A_very_long_name_is_no_burden() =>
        Read(With($"\"{new string('A', 1 << 20)}\":1")).Model.ShouldBe("orchestra");

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void The_models_name_is_bounded(int length, bool isAccepted)
    {
        var json = $$"""{"model":"{{new string('m', length)}}","messages":{{Hello}}}""";
        if (isAccepted)
            Read(json).Model.Length.ShouldBe(length);
        else
            ChatRequestReaderTests.Refused(json, ErrorCode.InvalidRequest, "model");
    }

    [Property(MaxTest = 500)]
    public void Random_bytes_are_refused_and_nothing_else_happens(byte[] body) => ReadOrRefuse(body).ShouldBeFalse();

    [Property(MaxTest = 500)]
    public void Random_text_is_refused_and_nothing_else_happens(string? body) => ReadOrRefuse(Encoding.UTF8.GetBytes(body ?? string.Empty)).ShouldBeFalse();

    [Property(MaxTest = 3000)]
    public void A_valid_request_with_random_changes_is_refused_or_means_the_same_to_everyone(int seed)
    {
        var random = new Random(seed);
        var body = Encoding.UTF8.GetBytes(RequestSample.Make(random).Json).ToList();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
            Mutate(body, random);
        ReadOrRefuse([.. body]);
    }

    [Property(MaxTest = 1000)]
    public void A_known_field_repeated_under_any_spelling_is_refused_and_an_unknown_one_is_not(int seed)
    {
        var random = new Random(seed);
        var sample = RequestSample.Make(random);
        var (name, value) = sample.Fields[random.Next(sample.Fields.Count)];
        var spelling = name.Contains('\\', StringComparison.Ordinal) ? name : string.Concat(name.Select(character => Spell(character, random)));
        byte[] body = Encoding.UTF8.GetBytes($"{sample.Json.TrimEnd()[..^1]},\"{spelling}\":{value}}}");

        if (!Known.Contains(name))
            ReadOrRefuse(body).ShouldBeTrue();
        else
            Should.Throw<OrchestraException>(() => ChatRequestReader.Read(body)).Param.ShouldBe(name);
    }

    private static string Spell(char character, Random random) => random.Next(4) switch
    {
        0 => $"\\u{(int)character:x4}",
        1 => char.ToUpperInvariant(character).ToString(),
        _ => character.ToString(),
    };

    private static void Mutate(List<byte> body, Random random)
    {
        var at = random.Next(body.Count);
        var length = Math.Min(random.Next(1, 30), body.Count - at);
        switch (random.Next(6))
        {
            case 0:
                body[at] = (byte)random.Next(256);
                break;
            case 1 when body.Count > length:
                body.RemoveRange(at, length);
                break;
            case 2:
                body.InsertRange(random.Next(body.Count), body.GetRange(at, length));
                break;
            case 3:
                body[at] ^= 0x20;
                break;
            case 4:
                body.Insert(at, (byte)"\"\\{}[],:u0e"[random.Next(11)]);
                break;
            default:
                body.InsertRange(at, [.. "\\ud800"u8]);
                break;
        }
    }

    private static bool ReadOrRefuse(byte[] body)
    {
        ChatRequest request;
        try
        {
            request = ChatRequestReader.Read(body);
        }
        catch (OrchestraException exception)
        {
            exception.Status.ShouldBe(400);
            exception.Code.ShouldBeOneOf(ErrorCode.InvalidJson, ErrorCode.InvalidRequest);
            return false;
        }

        using var document = JsonDocument.Parse(body);
        foreach (var name in Known)
            document.RootElement.EnumerateObject().Count(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ShouldBeLessThanOrEqualTo(1);
        document.RootElement.GetProperty("model").GetString().ShouldBe(request.Model);
        document.RootElement.GetProperty("messages").GetArrayLength().ShouldBe(request.MessageCount);
        request.PromptText.ShouldContain(request.LastUserText);
        request.UserTexts.Count.ShouldBeLessThanOrEqualTo(request.MessageCount);
        request.CeilingPromptTokens.ShouldBeGreaterThan(0);
        foreach (var stream in new[] { true, false })
            JsonDocument.Parse(Write(request, new RequestEdits { MaxOutputTokens = 7, AppendMessages = ["{}"], Tools = "[{}]" }, stream: stream)).Dispose();
        return true;
    }
}
