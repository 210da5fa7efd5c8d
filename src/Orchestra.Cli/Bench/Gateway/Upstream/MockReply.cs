using System.Text;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Bench.Gateway.Upstream;

/// <summary>What the mock upstream answers: one chat completion, whole or in events, as bytes made once.</summary>
internal static class MockReply
{
    public const int InputTokens = 25;
    public const int OutputTokens = 120;
    public const int Events = 20;
    public const decimal InputPerMillion = 0.15m;
    public const decimal OutputPerMillion = 0.6m;

    private const string Sentence =
        "Hello, and a warm welcome. I hope that the day has been kind to you so far; if there is anything I can look up, work out or explain, " +
        "just say so in your own words, and I will do my best to keep the answer short and to the point.";

    /// <summary>What one answer costs at the bench's prices.</summary>
    public static readonly Money Cost = Money.FromDollars(((InputTokens * InputPerMillion) + (OutputTokens * OutputPerMillion)) / 1_000_000m);

    private static readonly string Usage = $$"""{"prompt_tokens":{{InputTokens}},"completion_tokens":{{OutputTokens}},"total_tokens":{{InputTokens + OutputTokens}}}""";

    /// <summary>The whole answer, headers included.</summary>
    public static readonly byte[] Whole = MakeWhole();

    /// <summary>The streamed answer: the headers with the first event, then one piece per event, the end included.</summary>
    public static readonly byte[][] Pieces = MakePieces();

    private static byte[] MakeWhole()
    {
        var body = $$"""{"id":"chatcmpl-bench","object":"chat.completion","created":1760000000,"model":"mock","system_fingerprint":"fp_bench","choices":[{"index":0,"message":{"role":"assistant","content":"{{Sentence}}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{{Usage}}}""";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[][] MakePieces()
    {
        var words = Sentence.Split(' ');
        var perEvent = (words.Length + Events - 1) / Events;
        var pieces = new List<string>();
        for (var first = 0; first < words.Length; first += perEvent)
            pieces.Add(Chunk($$"""{"index":0,"delta":{"content":"{{string.Join(' ', words.Skip(first).Take(perEvent))}} "},"finish_reason":null}"""));
        pieces.Add(Chunk("""{"index":0,"delta":{},"finish_reason":"stop"}"""));
        pieces.Add(Chunk("", $",\"usage\":{Usage}") + Frame("data: [DONE]\n\n") + "0\r\n\r\n");
        pieces[0] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces[0];
        return pieces.Select(Encoding.ASCII.GetBytes).ToArray();
    }

    private static string Chunk(string choice, string more = "") => Frame(
        $$"""data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1760000000,"model":"mock","choices":[{{choice}}]{{more}}}""" + "\n\n");

    private static string Frame(string text) => $"{text.Length:x}\r\n{text}\r\n";
}
