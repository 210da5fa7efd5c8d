using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;

namespace Orchestra.Gateway.Tests;

/// <summary>Conversations that answer as a test says, and remember what was asked.</summary>
internal sealed class ScriptedConversations(Func<Query, CancellationToken, Task<Answer>> answer) : IConversations
{
    public ConcurrentQueue<Query> Queries { get; } = [];

    public Task<Answer> AskAsync(Query query, CancellationToken ct)
    {
        Queries.Enqueue(query);
        return answer(query, ct);
    }

    public static Task<Answer> Whole(string body, long nanos = 0, params string[] experts) => Task.FromResult(
        new Answer { TrajectoryId = "traj_1", Experts = experts, Body = Encoding.UTF8.GetBytes(body), CostSource = () => new Money(nanos) });

    public static Task<Answer> Streamed(IAsyncEnumerable<string> events, Func<Money>? cost = null) => Task.FromResult(
        new Answer { TrajectoryId = "traj_1", Experts = ["small"], Stream = Chunks(events), CostSource = cost ?? (() => Money.Zero) });

    private static async IAsyncEnumerable<ReplyChunk> Chunks(IAsyncEnumerable<string> events, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var text in events.WithCancellation(ct))
            yield return new ReplyChunk(Encoding.UTF8.GetBytes($"data: {text}\n\n"), 1, null, null);
    }
}
