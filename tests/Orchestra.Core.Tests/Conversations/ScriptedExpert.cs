using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>An expert that does what the test tells it, call by call; the last instruction repeats.</summary>
public sealed class ScriptedExpert(string name, ExpertPrice price, params ScriptedExpert.Act[] acts) : IExpert
{
    private int _calls;

    public enum Act
    {
        Answer,
        Fail,
        FailAfterCharging,
        Hang,
        BreakMidway,
        HangMidway,

        /// <summary>Fails with an exception that no expert should throw.</summary>
        Crash,
        CrashMidway,

        /// <summary>Streams on without regard to its limit, behind a finish reason, until it is stopped.</summary>
        NeverEnd,
    }

    public const int Tokens = 100;

    /// <summary>Tokens that come at once in a stream that never ends.</summary>
    private const int Burst = 7;

    public static readonly ExpertPrice DollarAMillion = new(Money.FromDollars(1), Money.FromDollars(1), Money.Zero);

    public List<ExpertCall> Calls { get; } = [];

    public int Cancelled { get; private set; }

    /// <summary>Whether a call waits for its end.</summary>
    public bool Hanging { get; private set; }

    /// <summary>Calls that were answered piece by piece.</summary>
    public int Streamed { get; private set; }

    /// <summary>Whether it can.</summary>
    public bool Streams { get; init; } = true;

    public ExpertDescriptor Descriptor => new() { Name = name, Kind = "custom", Price = price, ContextWindow = 100_000, MaxOutputTokens = 1_000, Streams = Streams };

    private Act Next()
    {
        lock (Calls)
            return acts.Length == 0 ? Act.Answer : acts[Math.Min(_calls++, acts.Length - 1)];
    }

    public async Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        lock (Calls)
            Calls.Add(call);
        switch (Next())
        {
            case Act.Fail:
                throw Error(charged: false);
            case Act.FailAfterCharging or Act.BreakMidway:
                throw Error(charged: true);
            case Act.Crash or Act.CrashMidway:
                throw new InvalidOperationException("A fault of the expert's own.");
            case Act.Hang or Act.HangMidway:
                await HangAsync(ct);
                break;
        }

        var usage = new TokenUsage(10, TokensOf(call));
        return new ExpertReply(ChatCompletionWriter.FromText("chatcmpl-1", Descriptor.Name, DateTimeOffset.UnixEpoch, $"answer of {Descriptor.Name}", usage), usage);
    }

    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        lock (Calls)
        {
            Calls.Add(call);
            Streamed++;
        }

        var act = Next();
        if (act == Act.Crash)
            throw new InvalidOperationException("A fault of the expert's own.");
        if (act is Act.Fail or Act.FailAfterCharging)
            throw Error(act == Act.FailAfterCharging);
        if (act == Act.Hang)
            await HangAsync(ct);
        if (act == Act.NeverEnd)
            yield return Chunk(0, Burst, "stop");
        for (var i = 0; act == Act.NeverEnd || i < TokensOf(call); i++)
        {
            ct.ThrowIfCancellationRequested();
            if (i == Tokens / 2 && act == Act.BreakMidway)
                throw Error(charged: true);
            if (i == Tokens / 2 && act == Act.CrashMidway)
                throw new InvalidOperationException("A fault of the expert's own.");
            if (i == Tokens / 2 && act == Act.HangMidway)
                await HangAsync(ct);
            yield return Chunk(i, act == Act.NeverEnd ? Burst : 1);
        }

        yield return Chunk(TokensOf(call), 0, "stop") with { Usage = new TokenUsage(10, TokensOf(call)) };
    }

    /// <summary>The step's share of the text, which is shorter than its tokens are many.</summary>
    private ReplyChunk Chunk(int step, int tokens, string? finishReason = null)
    {
        var text = $"answer of {Descriptor.Name}";
        var delta = new { content = step < text.Length ? text[step].ToString() : string.Empty };
        var json = JsonSerializer.Serialize(new { id = "chatcmpl-1", @object = "chat.completion.chunk", step, choices = new[] { new { index = 0, delta, finish_reason = finishReason } } });
        return new ReplyChunk(Encoding.UTF8.GetBytes($"data: {json}\n\n"), tokens, null, finishReason);
    }

    /// <summary>As real models do, it keeps to the limit that it is given.</summary>
    private static int TokensOf(ExpertCall call) => Math.Min(Tokens, call.Edits.MaxOutputTokens ?? Tokens);

    private ExpertException Error(bool charged) =>
        new(Descriptor.Name, ErrorCode.UpstreamFailed, 502, $"The expert '{Descriptor.Name}' failed.") { MayHaveCharged = charged };

    private async Task HangAsync(CancellationToken ct)
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = ct.Register(() => never.TrySetCanceled(ct));
        try
        {
            Hanging = true;
            await never.Task;
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }
    }
}
