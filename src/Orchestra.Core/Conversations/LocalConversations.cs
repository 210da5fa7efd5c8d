using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>Serves queries inside this process.</summary>
/// <param name="parts">What conversations work with.</param>
public sealed class LocalConversations(ConversationParts parts) : IConversations
{
    /// <inheritdoc/>
    public Task<Answer> AskAsync(Query query, CancellationToken ct)
    {
        var model = query.Request.Model;
        if (model == ExpertCatalogue.ConductedModel)
            return new Conversation(parts, parts.Conductor, query, ct).RunAsync();
        if (parts.Catalogue.TryGet(model, out var expert))
            return new Conversation(parts, new DirectConductor(expert.Descriptor), query, ct).RunAsync();
        throw new OrchestraException(
            ErrorCode.ModelNotFound, 404,
            $"There is no model of this name. Ask for \"{ExpertCatalogue.ConductedModel}\", or for one of: {string.Join(", ", parts.Catalogue.Descriptors.Select(d => d.Name))}.")
        {
            Param = "model",
        };
    }
}
