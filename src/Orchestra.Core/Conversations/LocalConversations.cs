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
            return new Conversation(_parts, _parts.Conductor.For(query), query, ct).RunAsync();
        if (!_parts.Catalogue.TryGet(model, out var expert))
            throw Refused(ErrorCode.ModelNotFound, 404, "There is no model of this name.", query);
        if (!query.Caller.MayUse(model))
            throw Refused(ErrorCode.ModelNotAllowed, 403, "This key may not use this model.", query);
        return new Conversation(_parts, new DirectConductor(expert.Descriptor), query, ct).RunAsync();
    }

    private OrchestraException Refused(string code, int status, string what, Query query)
    {
        var experts = _parts.Catalogue.Descriptors.Select(expert => expert.Name).Where(query.Caller.MayUse);
        return new OrchestraException(code, status, $"{what} Ask for \"{ExpertCatalogue.ConductedModel}\", or for one of: {string.Join(", ", experts)}.") { Param = "model" };
    }
}
