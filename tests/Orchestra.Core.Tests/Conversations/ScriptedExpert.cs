using System.Runtime.CompilerServices;
using System.Text;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>An expert that does what the test tells it, call by call; the last instruction repeats.</summary>
internal sealed class ScriptedExpert(string name, ExpertPrice price, params ScriptedExpert.Act[] acts) : IExpert
{
    private int _calls;

    internal enum Act
    {
        Answer,
        Fail,
        FailAfterCharging,
        Hang,
        BreakMidway,
        HangMidway,

        /// <summary>Streams on without regard to its limit, behind a finish reason, until it is stopped.</summary>
        NeverEnd,
    }

    public const int Tokens = 100;

    /// <summary>Tokens that come at once in a stream that never ends.</summary>
    private const int Burst = 7;

    public static readonly ExpertPrice DollarAMillion = new(Money.FromDollars(1), Money.FromDollars(1), Money.Zero);

    public List<ExpertCall> Calls { get; } = [];

    public int Cancelled { get; private set; }

    public ExpertDescriptor Descriptor { get; } = new() { Name = name, Kind = "custom", Price = price, ContextWindow = 100_000, MaxOutputTokens = 1_000 };

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
            Calls.Add(call);
        var act = Next();
        if (act is Act.Fail or Act.FailAfterCharging)
            throw Error(act == Act.FailAfterCharging);
        if (act == Act.Hang)
            await HangAsync(ct);
        if (act == Act.NeverEnd)
            yield return new ReplyChunk("data: first\n\n"u8.ToArray(), Burst, null, "stop");
        for (var i = 0; act == Act.NeverEnd || i < TokensOf(call); i++)
        {
            ct.ThrowIfCancellationRequested();
            if (i == Tokens / 2 && act == Act.BreakMidway)
                throw Error(charged: true);
            if (i == Tokens / 2 && act == Act.HangMidway)
                await HangAsync(ct);
            yield return new ReplyChunk(Encoding.UTF8.GetBytes($"data: {i}\n\n"), act == Act.NeverEnd ? Burst : 1, null, null);
        }

        yield return new ReplyChunk(ReadOnlyMemory<byte>.Empty, 0, new TokenUsage(10, TokensOf(call)), "stop");
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
            await never.Task;
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }
    }
}
