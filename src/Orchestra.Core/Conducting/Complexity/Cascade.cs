using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>
/// One pass over the suitable experts. An easy query takes the first that answers. A hard one takes the first whose answer the verifiers accept, and
/// near a limit the best there is.
/// </summary>
internal sealed class Cascade
{
    private readonly Situation _situation;
    private readonly Assessment _assessment;
    private readonly string? _passages;
    private readonly ToolDialogue _tools;
    private readonly bool _isHard;
    private readonly bool _hasTime;
    private readonly List<Observation> _asked;
    private readonly List<Observation> _answers;
    private readonly List<ExpertDescriptor> _open;

    /// <summary>The cascade as it stands in this situation.</summary>
    public Cascade(ComplexityOptions options, Situation situation, Assessment assessment, SuitableExperts experts, string? passages)
    {
        _situation = situation;
        _assessment = assessment;
        _passages = passages;
        _tools = new ToolDialogue(options, situation, assessment.Task);
        // The verifiers see the first choice alone, so that an answer with several cannot be judged.
        _isHard = assessment.Complexity >= ThresholdOf(options, situation) && situation.Request.Choices == 1;
        _hasTime = situation.TimeLeft >= options.LeastTime;
        _asked = [.. situation.Observations.Where(observation => observation.Move is Move.Delegate { Purpose: Purpose.Answer })];
        _answers = _asked.FindAll(observation => observation.Succeeded && !_tools.Asks(observation));
        var eligible = _answers.Count > 0 ? experts.Steps : experts.Steps.Concat(experts.Spares);
        _open = [.. eligible.Where(expert => !_asked.Exists(observation => observation.Expert == expert.Name))];
    }

    /// <summary>What to do next.</summary>
    public Decision Decide()
    {
        if (_asked.Count == 0)
            return AskNext();
        var last = _asked[^1];
        if (_tools.Asks(last))
            return UseTools(last) ?? Escalate(last);
        return last.Succeeded ? Judge(last) : AskUnedited(last) ?? Escalate(last);
    }

    /// <summary>Near a budget's end only harder and harder queries are worth the cascade, and at its end none.</summary>
    private static double ThresholdOf(ComplexityOptions options, Situation situation) =>
        options.Threshold + ((ComplexityOptions.Unreachable - options.Threshold) * (situation.Budget?.Pressure ?? 0));

    private Decision Judge(Observation last)
    {
        if (last.Verdict is { Accepted: true })
            return Finish(last, $"The verifiers accept the answer of '{last.Expert}'.");
        if (last.Verdict is not null)
            return Escalate(last);
        if (last.Completion!.HasToolCalls)
            return Finish(last, $"'{last.Expert}' asks for tools of the client's own.");
        var verificationMatters = (_open.Count > 0 && _hasTime) || _answers.Count > 1;
        if (!_isHard || last.Move is Move.Delegate { Judged: false } || _situation.TurnsLeft < 2 || !verificationMatters)
            return Finish(BestAnswer.Of(_answers)!, "There is an answer, and nothing further could improve on it.");
        return new Decision(
            new Move.Verify(last.Id), $"The query is hard ({_assessment.Complexity}), so the answer of '{last.Expert}' is verified.", _assessment);
    }

    /// <summary>After a failure or a rejection: the next expert while there is one and time for it, otherwise the best so far.</summary>
    private Decision Escalate(Observation last)
    {
        var best = BestAnswer.Of(_answers);
        // The experts that are left cost more, and a host that stops asks nobody.
        var isFinal = last.ErrorCode is ErrorCode.InsufficientQuota or ErrorCode.ShuttingDown;
        if (_open.Count > 0 && !isFinal && (best is null || _hasTime))
            return AskNext();
        return best is null
            ? Refusals.AllFailed(last, _assessment)
            : Finish(best, $"No further expert can be asked, so the best answer so far, that of '{best.Expert}', is taken.");
    }

    private Decision AskNext()
    {
        var expert = _open[0];
        var why = _asked.LastOrDefault() switch
        {
            null when _isHard => $"The query is hard ({_assessment.Complexity}), so the cascade begins with the cheapest suitable expert, '{expert.Name}'.",
            null when _situation.Budget is { Pressure: > 0 } budget =>
                $"The query's complexity is {_assessment.Complexity} and the {budget.Scope.Level.ToString().ToLowerInvariant()}'s {budget.Window} budget nearly used up, so the cheapest suitable expert, '{expert.Name}', answers it.",
            null => $"The query is easy ({_assessment.Complexity}), so the cheapest suitable expert, '{expert.Name}', answers it.",
            { Verdict: { Accepted: false } verdict } last => $"The answer of '{last.Expert}' was rejected ({verdict.Verifier}), so '{expert.Name}' is asked.",
            var last => $"'{last.Expert}' gave no answer, so '{expert.Name}' is asked.",
        };
        var edits = new RequestEdits { AppendMessages = Notes(expert), Tools = _isHard ? _tools.OfferTo(expert) : null };
        return Ask(expert, edits, why);
    }

    /// <summary>What the expert is told beside the query, as far as its context window holds it.</summary>
    private List<string> Notes(ExpertDescriptor expert)
    {
        var notes = new List<string>();
        foreach (var note in new[] { _passages, RejectionNote.For(_answers) })
        {
            if (note is not null && ContextFit.Fits(expert, _situation.Request, notes.Append(note)))
                notes.Add(note);
        }

        return notes;
    }

    /// <summary>Not every upstream takes a system message behind the user's, or tools; one that refuses them gets the client's request as it is.</summary>
    private Decision? AskUnedited(Observation last)
    {
        var isEdited = last.Move is Move.Delegate { Edits: { AppendMessages.Count: > 0 } or { Tools: not null } };
        return isEdited && last.ErrorCode == ErrorCode.InvalidRequest && _hasTime && Find(last.Expert) is { } expert
            ? Ask(expert, RequestEdits.None, $"'{expert.Name}' refused what was added to the request, so it gets the client's own.")
            : null;
    }

    private Decision? UseTools(Observation ask)
    {
        if (!_hasTime && _answers.Count > 0)
            return null;
        if (_tools.Calls(ask) is { } calls)
            return new Decision(calls, $"'{ask.Expert}' asks for {calls.Count} tool call{(calls.Count == 1 ? string.Empty : "s")}.", _assessment);
        return Find(ask.Expert) is { } expert && _tools.Results(ask, expert) is { } edits
            ? Ask(expert, edits, $"'{expert.Name}' gets the results of its tool calls.")
            : null;
    }

    private Decision Ask(ExpertDescriptor expert, RequestEdits edits, string why)
    {
        // Held back only where looking at the answer could still change what the client gets; otherwise it streams straight through.
        var couldChange = _situation.TurnsLeft > 2 && (_answers.Count > 0 || _open.Exists(other => other.Name != expert.Name));
        return new Decision(new Move.Delegate(expert.Name, edits, Purpose.Answer, edits.Tools is not null || (_isHard && couldChange)), why, _assessment);
    }

    private Decision Finish(Observation observation, string why) => new(new Move.Finish(observation.Id), why, _assessment);

    private ExpertDescriptor? Find(string name) => _situation.Catalogue.FirstOrDefault(expert => expert.Name == name);
}
