using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.ChatClients;

/// <summary>Any <see cref="IChatClient"/> as an expert, registered in code.</summary>
public sealed class ChatClientExpert : IExpert
{
    private readonly IChatClient _client;
    private readonly string? _model;
    private readonly TimeProvider _time;
    private readonly IdGenerator _ids;
    private readonly TimeSpan _timeout;

    /// <summary>An expert that asks this client.</summary>
    /// <param name="descriptor">What a conductor may know of it; <c>Kind</c> is usually <c>custom</c>.</param>
    /// <param name="client">Answers; stays the caller's to dispose, and retries as it sees fit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ids">Makes the ids of answers that come without one.</param>
    /// <param name="model">The model to ask the client for; null leaves it to the client.</param>
    /// <param name="timeout">How long a call may take in all. Default: 5 min; 1 ms to 24 h.</param>
    public ChatClientExpert(ExpertDescriptor descriptor, IChatClient client, TimeProvider time, IdGenerator ids, string? model = null, TimeSpan? timeout = null)
    {
        _timeout = timeout ?? TimeSpan.FromMinutes(5);
        if (_timeout < TimeSpan.FromMilliseconds(1) || _timeout > TimeSpan.FromDays(1))
            throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, $"{descriptor.Name}: the timeout must lie between 1 ms and 24 h.");
        Descriptor = descriptor;
        _client = client;
        _time = time;
        _ids = ids;
        _model = model;
    }

    /// <inheritdoc/>
    public ExpertDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public async Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        var request = Read(call);
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        ChatResponse response;
        try
        {
            response = await _client.GetResponseAsync(request.Messages, request.Options, either.Token);
        }
        catch (Exception exception)
        {
            ct.ThrowIfCancellationRequested();
            throw Failed(exception);
        }

        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(ChatClientReply.ToToolCall).ToList();
        var text = response.Text;
        var usage = ChatClientReply.UsageOf(response.Usage)
            ?? UsageEstimate.Of(call, Encoding.UTF8.GetByteCount(text) + calls.Sum(asked => (long)Encoding.UTF8.GetByteCount(asked.Arguments) + asked.Name.Length));
        var completion = ChatCompletionWriter.FromText(
            response.ResponseId ?? _ids.Next("chatcmpl-"), Descriptor.Name, response.CreatedAt ?? _time.GetUtcNow(), text, usage,
            ChatClientReply.ReasonOf(response.FinishReason, calls.Count > 0), calls);
        return new ExpertReply(completion, usage);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = Read(call);
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var writer = new ChatChunkWriter(_ids.Next("chatcmpl-"), Descriptor.Name, _time.GetUtcNow());
        await using var updates = Begin(request, ct, either.Token);
        ChatFinishReason? reason = null;
        UsageDetails? details = null;
        while (await MoveNextAsync(updates, ct))
        {
            reason = updates.Current.FinishReason ?? reason;
            foreach (var usage in updates.Current.Contents.OfType<UsageContent>())
                (details ??= new UsageDetails()).Add(usage.Details);
            if (writer.WriteDelta(updates.Current) is { Events.IsEmpty: false } chunk)
                yield return chunk;
        }

        yield return writer.WriteEnd(ChatClientReply.ReasonOf(reason, writer.HasToolCalls), ChatClientReply.UsageOf(details), call.IncludeUsage, call);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Begin(ChatClientRequest request, CancellationToken caller, CancellationToken ct)
    {
        try
        {
            return _client.GetStreamingResponseAsync(request.Messages, request.Options, ct).GetAsyncEnumerator(ct);
        }
        catch (Exception exception)
        {
            caller.ThrowIfCancellationRequested();
            throw Failed(exception);
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken ct)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception)
        {
            ct.ThrowIfCancellationRequested();
            throw Failed(exception);
        }
    }

    private ChatClientRequest Read(ExpertCall call)
    {
        var body = new ArrayBufferWriter<byte>(call.Request.Body.Length + 256);
        ChatRequestWriter.Write(call.Request, call.Edits, _model ?? call.Request.Model, stream: false, "max_tokens", body);
        using var document = JsonDocument.Parse(body.WrittenMemory);
        try
        {
            return ChatClientRequest.Read(document.RootElement, _model);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException or UriFormatException or NotSupportedException)
        {
            throw new ExpertException(
                Descriptor.Name, ErrorCode.InvalidRequest, 400,
                $"The expert '{Descriptor.Name}' cannot take this request: a message, tool or option has a form that its client does not know. Simplify it, or ask another expert.", exception);
        }
    }

    private ExpertException Failed(Exception exception) => exception switch
    {
        ExpertException expert => expert,
        OperationCanceledException => new ExpertException(
            Descriptor.Name, ErrorCode.UpstreamTimeout, 504, $"The expert '{Descriptor.Name}' took longer than allowed; raise its timeout, or ask for fewer tokens.", exception) { MayHaveCharged = true },
        _ => new ExpertException(
            Descriptor.Name, ErrorCode.UpstreamFailed, 502, $"The expert '{Descriptor.Name}' failed with {exception.GetType().Name}; look after its client.", exception) { MayHaveCharged = true },
    };
}
