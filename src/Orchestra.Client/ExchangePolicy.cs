using System.ClientModel.Primitives;

namespace Orchestra.Client;

/// <summary>Gives the request the id of its chat, and the exchange what the response says beyond OpenAI's format.</summary>
internal sealed class ExchangePolicy : PipelinePolicy
{
    private const string Conversation = "x-orchestra-conversation";

    /// <inheritdoc/>
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message);
        ProcessNext(message, pipeline, currentIndex);
        Note(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message);
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        Note(message);
    }

    private static void Prepare(PipelineMessage message)
    {
        if (Exchange.Current?.ConversationId is { } id)
            message.Request.Headers.Set(Conversation, id);
    }

    private static void Note(PipelineMessage message)
    {
        if (Exchange.Current is not { } exchange || message.Response is not { } response)
            return;
        exchange.Note(response);
        if (response.Status != 200)
            return;
        if (message.BufferResponse)
            exchange.NoteEvent(response.Content.ToMemory().Span);
        else if (response.ContentStream is { } content)
            response.ContentStream = new EventStream(content, exchange);
    }
}
