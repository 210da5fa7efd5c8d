using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class EventScannerTests
{
    private const string Short =
        ": ping\n\n" + Replies.Role + "event: chunk\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"finish_reason\"},\r\ndata:\"finish_reason\" : null}]}\r\n\r\n\n\r\n" +
        "data:{\"choices\":[{\"delta\":{},\"finish_reason\": \"length\"}]}\r\n\r\n: ping\r\n\r\n" + Replies.Usage + Replies.Done;

    private const string ShortForwarded =
        Replies.Role + "event: chunk\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"finish_reason\"},\r\ndata:\"finish_reason\" : null}]}\r\n\r\n" +
        "data:{\"choices\":[{\"delta\":{},\"finish_reason\": \"length\"}]}\r\n\r\n";

    [Fact]
    public void A_stream_split_in_two_anywhere_gives_the_same()
    {
        for (var split = 0; split <= Short.Length; split++)
            Check(Scan(Short, [split, Short.Length - split]), $"split at {split}");
    }

    [Fact]
    public void A_stream_byte_by_byte_gives_the_same() => Check(Scan(Short, Enumerable.Repeat(1, Short.Length)), "byte by byte");

    [Property(MaxTest = 300)]
    public Property A_stream_in_any_pieces_gives_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>(), pieces => Check(Scan(Short, pieces.Select(piece => piece.Get)), "pieces"));

    [Property(MaxTest = 100)]
    public void Any_bytes_end_in_an_answer_or_a_fault_and_never_in_another_error(byte[] noise, PositiveInt at)
    {
        var bytes = Encoding.UTF8.GetBytes(Short).ToList();
        bytes.InsertRange(at.Get % bytes.Count, noise);
        try
        {
            Scan(Encoding.Latin1.GetString([.. bytes]), Enumerable.Repeat(7, bytes.Count / 7));
        }
        catch (UpstreamFaultException)
        {
            // The one way to say no.
        }
    }

    [Fact]
    public void The_last_event_counts_without_its_blank_line()
    {
        foreach (var end in new[] { string.Empty, "\n", "\r\n" })
        {
            var scanned = Scan(Replies.Delta("a") + Replies.Stop.TrimEnd() + end, [10_000]);
            scanned.Text.ShouldBe(Replies.Delta("a") + Replies.Stop);
            scanned.FinishReason.ShouldBe("stop");
        }
    }

    [Fact]
    public void Many_events_in_one_read_go_out_in_one_chunk()
    {
        var stream = string.Concat(Enumerable.Range(0, 50).Select(i => Replies.Delta($"{i}")));

        var scanned = Scan(stream, [stream.Length]);

        scanned.Chunks.ShouldBe(1);
        scanned.Tokens.ShouldBe(50);
        scanned.Text.ShouldBe(stream);
    }

    [Fact]
    public void Many_tokens_in_one_event_are_counted_by_their_text()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 100));
        const string call = """data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"0123456789012345678901234567890123456789"}}]}}]}""" + "\n\n";
        const string two = """data: {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]}""" + "\n\n";

        Scan(Replies.Delta(text), [10_000]).Tokens.ShouldBe(125);
        Scan(call, [10_000]).Tokens.ShouldBe(10);
        Scan(two, [10_000]).Tokens.ShouldBe(2);
        Scan(Replies.Delta(" characteristics"), [10_000]).Tokens.ShouldBe(1);
    }

    [Fact]
    public void With_several_choices_the_answer_is_finished_with_the_last_of_them()
    {
        using var scanner = new EventScanner(1024, keepUsage: true, choices: 2, key: null);
        Put(scanner, Replies.Stop);
        scanner.TryTake(out _).ShouldBeTrue();
        scanner.IsFinished.ShouldBeFalse();
        Put(scanner, Replies.Stop);
        scanner.TryTake(out _).ShouldBeTrue();
        scanner.IsFinished.ShouldBeTrue();
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"finish_reason\":\"stop\"\n\n")]
    [InlineData("data: [1]\n\n")]
    [InlineData("data: {\"choices\":[{\"finish_reason\":\"stop\"}]} {}\n\n")]
    [InlineData("data: {\"choices\":[3]}\n\n")]
    [InlineData("data: {\"usage\":}\n\n")]
    [InlineData("data: hello\n\n")]
    [InlineData("data: [DONE]\n\n")]
    public void A_first_event_that_is_no_chunk_is_a_fault(string stream) => Should.Throw<UpstreamFaultException>(() => Scan(stream, [stream.Length]));

    [Fact]
    public void An_error_that_is_null_is_none()
    {
        const string stream = """data: {"error":null,"choices":[{"delta":{"content":"\"error\":\"x\""},"finish_reason":"stop"}]}""" + "\n\n";

        Scan(stream, [stream.Length]).FinishReason.ShouldBe("stop");
    }

    private static void Check(Streamed scanned, string how)
    {
        scanned.Text.ShouldBe(ShortForwarded, how);
        scanned.FinishReason.ShouldBe("length", how);
        scanned.Usage.ShouldBe(new TokenUsage(11, 3), how);
        scanned.Tokens.ShouldBe(3, how);
    }

    private static Streamed Scan(string stream, IEnumerable<int> pieces)
    {
        using var scanner = new EventScanner(64 * 1024, keepUsage: false, choices: 1, key: null);
        var scanned = new Streamed();
        var at = 0;
        foreach (var piece in pieces.Append(int.MaxValue))
        {
            var length = Math.Min(piece, stream.Length - at);
            Put(scanner, stream.Substring(at, length));
            at += length;
            if (scanner.TryTake(out var chunk))
                scanned.Add(chunk);
        }

        if (scanner.TryTake(out var late))
            scanned.Add(late);
        if (scanner.TryTakeRest(out var rest))
            scanned.Add(rest);
        return scanned;
    }

    private static void Put(EventScanner scanner, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text).AsSpan();
        while (bytes.Length > 0)
        {
            var room = scanner.Room().Span;
            var length = Math.Min(room.Length, bytes.Length);
            bytes[..length].CopyTo(room);
            scanner.Added(length);
            bytes = bytes[length..];
        }
    }
}
