using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Orchestra.Core.Tests.Experts.ChatClients;

/// <summary>A small client that repeats the last user message word by word, or calls the first tool with it, and keeps to its options.</summary>
internal sealed class EchoChatClient : IChatClient
{
    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public bool Counts { get; init; } = true;

    public Exception? FailsWith { get; init; }

    public int FailsAfter { get; init; }

    public TaskCompletionSource? Silence { get; init; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Messages = [.. messages];
        Options = options;
        var text = Messages.Last(message => message.Role == ChatRole.User).Text;
        var words = text.Split(' ').Take(options?.MaxOutputTokens ?? int.MaxValue).ToList();
        if (Silence is not null)
            await Silence.Task.WaitAsync(cancellationToken);
        var calls = options?.Tools is { Count: > 0 };
        if (calls)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("call_7", options!.Tools![0].Name, new Dictionary<string, object?> { ["text"] = text })]);
        }
        else
        {
            for (var i = 0; i < words.Count; i++)
            {
                if (FailsWith is not null && i == FailsAfter)
                    throw FailsWith;
                yield return new ChatResponseUpdate(ChatRole.Assistant, i == 0 ? words[i] : $" {words[i]}");
            }
        }

        var reason = calls ? ChatFinishReason.ToolCalls : words.Count < text.Split(' ').Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
        yield return new ChatResponseUpdate { FinishReason = reason };
        if (Counts)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 5, OutputTokenCount = words.Count })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
