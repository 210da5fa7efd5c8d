using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Lets experts use the catalogue's tools on hard calculations and look-ups: expert, conductor, tool, conductor, answer.</summary>
internal sealed class ToolDialogue
{
    /// <summary>Turns that tools need: one to ask the expert, one to call them, and one for the expert to answer without.</summary>
    private const int LeastTurns = 3;

    private const int MaxRounds = 3;

    private readonly ComplexityOptions _options;
    private readonly Situation _situation;
    private readonly ToolOffer _offer;

    /// <summary>The dialogue in this situation; nothing is offered for kinds of work that the tools do not help with, nor beside tools of the client's own.</summary>
    public ToolDialogue(ComplexityOptions options, Situation situation, TaskType task)
    {
        _options = options;
        _situation = situation;
        _offer = new ToolOffer(situation.Request.HasTools || task is not (TaskType.Math or TaskType.Lookup) ? [] : CatalogueTools.Of(situation, options));
    }

    /// <summary>The tools to offer to an expert that is asked for the first time; null for none.</summary>
    public string? OfferTo(ExpertDescriptor expert) =>
        !_offer.IsEmpty && _situation.TurnsLeft >= LeastTurns && SuitableExperts.UsesTools(expert) ? _offer.ToJson() : null;

    /// <summary>Whether an answer is no answer but asks for tools that the client did not offer and will not hear of.</summary>
    public bool Asks(Observation observation) =>
        !_situation.Request.HasTools && observation is { Completion.HasToolCalls: true, Move: Move.Delegate { Judged: true } };

    /// <summary>The moves that an answer asks for; null where they are made already, or it asks for none that can be made.</summary>
    public IReadOnlyList<Move>? Calls(Observation ask)
    {
        if (!WasOffered(ask) || _situation.TurnsLeft < 2)
            return null;
        var round = new ToolRound(ask, _offer, _options.MaxToolCalls);
        return round.ResultsIn(_situation).Count == 0 && round.Moves is { Count: > 0 } moves ? moves : null;
    }

    /// <summary>The edits that bring an expert the results; null where they do not fit into its context window, or tools were never offered.</summary>
    public RequestEdits? Results(Observation ask, ExpertDescriptor expert)
    {
        if (!WasOffered(ask))
            return null;
        var edits = ((Move.Delegate)ask.Move).Edits;
        var round = new ToolRound(ask, _offer, _options.MaxToolCalls);
        string[] messages = [.. edits.AppendMessages, .. round.Messages(round.ResultsIn(_situation))];
        if (!ContextFit.Fits(expert, _situation.Request, messages))
            return null;
        var rounds = _situation.Observations.Count(observation => observation.Expert == expert.Name && Asks(observation));
        var mayAskAgain = rounds < MaxRounds && _situation.TurnsLeft >= LeastTurns;
        return edits with { AppendMessages = messages, Tools = mayAskAgain ? edits.Tools : null };
    }

    private bool WasOffered(Observation ask) => !_offer.IsEmpty && ask.Move is Move.Delegate { Edits.Tools: not null };
}
