using Orchestra.Core.Conducting;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>Serves queries inside this process.</summary>
public sealed class LocalConversations : IConversations
{
    private readonly ConversationParts _parts;

    /// <summary>Conversations that work with these parts.</summary>
    public LocalConversations(ConversationParts parts)
    {
        ConfigurationErrors.ThrowIfAny(ConversationLimitsValidator.Errors(parts.Limits));
        _parts = parts;
    }

    /// <inheritdoc/>
    public Task<Answer> AskAsync(Query query, CancellationToken ct)
    {
        var model = query.Request.Model;
        if (model == ExpertCatalogue.ConductedModel)
            return new Conversation(_parts, _parts.Conductor, query, ct).RunAsync();
        if (_parts.Catalogue.TryGet(model, out var expert))
            return new Conversation(_parts, new DirectConductor(expert.Descriptor), query, ct).RunAsync();
        throw new OrchestraException(
            ErrorCode.ModelNotFound, 404,
            $"There is no model of this name. Ask for \"{ExpertCatalogue.ConductedModel}\", or for one of: {string.Join(", ", _parts.Catalogue.Descriptors.Select(d => d.Name))}.")
        {
            Param = "model",
        };
    }
}
