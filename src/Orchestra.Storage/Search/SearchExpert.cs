using System.Runtime.CompilerServices;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Storage.Search;

/// <summary>The expert that looks things up in a folder of documents, for nothing, and answers with passages and their sources.</summary>
public sealed class SearchExpert : IExpert
{
    private readonly SearchIndex _index;
    private readonly TimeProvider _time;

    /// <summary>Makes the expert of one index; whoever made the index disposes it.</summary>
    /// <param name="name">Its name in the catalogue, and the tool's.</param>
    /// <param name="index">What it searches.</param>
    /// <param name="time">The clock that dates its answers.</param>
    /// <param name="description">What the documents are about, for models that may call it as a tool; null says only that they are documents.</param>
    public SearchExpert(string name, SearchIndex index, TimeProvider time, string? description = null)
    {
        _index = index;
        _time = time;
        Descriptor = new ExpertDescriptor
        {
            Name = name,
            Kind = "search",
            Price = ExpertPrice.Free,
            Streams = false,
            Skills = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "lookup" },
            Tool = new ToolDefinition(
                name, description ?? "Looks up words in a collection of documents and returns the best passages with their sources.", SearchArguments.Schema, "query"),
        };
    }

    /// <inheritdoc/>
    public ExpertDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public async Task<ExpertReply> AskAsync(ExpertCall call, CancellationToken ct)
    {
        var usage = new TokenUsage(0, 0);
        var text = SearchReply.Format(await SearchAsync(call, ct));
        return new ExpertReply(ChatCompletionWriter.FromText(call.Id, Descriptor.Name, _time.GetUtcNow(), text, usage), usage);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplyChunk> StreamAsync(ExpertCall call, [EnumeratorCancellation] CancellationToken ct)
    {
        var reply = await AskAsync(call, ct);
        yield return ChatCompletionEvents.FromCompletion(reply.Completion, call.IncludeUsage);
    }

    /// <summary>The passages for a call, with their scores, for those who judge them before they answer.</summary>
    public async Task<SearchAnswer> SearchAsync(ExpertCall call, CancellationToken ct)
    {
        var arguments = call.Arguments is null ? new SearchArguments(call.Request.LastUserText, null) : SearchArguments.Read(call.Arguments);
        if (arguments is null)
        {
            throw new ExpertException(
                Descriptor.Name, ErrorCode.InvalidRequest, 400,
                $"The arguments of '{Descriptor.Name}' are not as its schema says: give {{\"query\": \"words to look for\"}}, and a whole number from 1 to 20 as \"limit\" if any.")
            {
                RequestAtFault = true,
            };
        }

        try
        {
            return await _index.SearchAsync(arguments.Query, arguments.Limit, ct);
        }
        catch (OrchestraException exception)
        {
            throw new ExpertException(Descriptor.Name, exception.Code, exception.Status, exception.Message, exception);
        }
    }
}
