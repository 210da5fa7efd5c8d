using System.Text.Json;

namespace Orchestra.Core.Tests.Experts.OpenAI;

/// <summary>Replies that upstreams give.</summary>
internal static class Replies
{
    public const string Role = """data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""" + "\n\n";
    public const string Stop = """data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""" + "\n\n";
    public const string Usage = """data: {"id":"c1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}""" + "\n\n";
    public const string Done = "data: [DONE]\n\n";

    public static string Delta(string text) =>
        $$"""data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":{{JsonSerializer.Serialize(text)}}},"finish_reason":null}],"usage":null}""" + "\n\n";

    public static string Completion(string text, bool usage = true) =>
        $$"""{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}},"finish_reason":"stop"}]"""
        + (usage ? ""","usage":{"prompt_tokens":11,"completion_tokens":3,"total_tokens":14}}""" : "}");

    public static string Error(string message, string code = "") =>
        $$$"""{"error":{"message":{{{JsonSerializer.Serialize(message)}}},"type":"t","code":{{{JsonSerializer.Serialize(code)}}}}}""";

    /// <summary>A script that gives a whole answer.</summary>
    public static Func<FaultyExchange, Task> Answer(string text = "hello") => exchange => exchange.ReplyAsync(200, Completion(text));

    /// <summary>A script that gives an error.</summary>
    public static Func<FaultyExchange, Task> Status(int status, string body = "{}", params string[] headers) => exchange => exchange.ReplyAsync(status, body, "application/json", headers);

    /// <summary>A script that streams these pieces, each in a chunk of its own.</summary>
    public static Func<FaultyExchange, Task> Stream(params string[] pieces) => async exchange =>
    {
        await exchange.BeginAsync();
        foreach (var piece in pieces)
            await exchange.ChunkAsync(piece);
        await exchange.EndAsync();
    };
}
