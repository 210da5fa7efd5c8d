using Orchestra.Core.Budgets;
using Orchestra.Core.Conducting;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations;

/// <summary>Writes down what happens to one query.</summary>
internal sealed class TrajectoryRecorder(ConversationParts parts, Query query, IConductor conductor)
{
    private readonly long _started = parts.Time.GetTimestamp();
    private readonly DateTimeOffset _startedAt = parts.Time.GetUtcNow();
    private readonly Lock _gate = new();   // calls of one pass run side by side
    private readonly List<TrajectoryStep> _steps = [];
    private readonly List<string> _experts = [];
    private Assessment? _assessment;
    private ShadowDecision? _shadow;
    private bool _stored;

    /// <summary>The trajectory's id.</summary>
    public string Id { get; init; } = parts.Ids.Next("traj_");

    /// <summary>What the query cost so far.</summary>
    public Money Cost { get; private set; }

    /// <summary>Tokens of prompts and answers of all calls so far.</summary>
    public long Tokens { get; private set; }

    /// <summary>The experts that were asked, in order, without repetition.</summary>
    public IReadOnlyList<string> Experts => _experts;

    /// <summary>Time since the query came.</summary>
    public TimeSpan Elapsed => parts.Time.GetElapsedTime(_started);

    /// <summary>The odds of the decision whose moves are being made.</summary>
    public DecisionOdds? Odds { get; private set; }

    /// <summary>Notes a decision's assessment, what a shadow would have decided, and its odds, which go to each of its moves.</summary>
    public void Decided(Decision decision)
    {
        _assessment = decision.Assessment ?? _assessment;
        _shadow = decision.Shadow ?? _shadow;
        Odds = decision.Odds;
    }

    /// <summary>Notes that a limit, and not the conductor, makes the moves that follow.</summary>
    public void Overruled() => Odds = null;

    /// <summary>Notes that an expert is about to be asked.</summary>
    public void Asking(string expert)
    {
        lock (_gate)
        {
            if (!_experts.Contains(expert))
                _experts.Add(expert);
        }
    }

    /// <summary>Notes a call of an expert and what came of it.</summary>
    public void Observed(Observation observation, string reason)
    {
        Add(new TrajectoryStep
        {
            Turn = observation.Turn,
            Move = observation.Move switch
            {
                Move.CallTool => "call_tool",
                Move.Delegate { Purpose: Purpose.Assessment } => "assess",
                _ => "delegate",
            },
            Target = observation.Expert,
            Reason = reason,
            Odds = Odds,
            ObservationId = observation.Id,
            Observation = parts.Limits.KeepTexts ? Cut(observation.Text) : null,
            FinishReason = observation.Completion?.FinishReason,
            Error = observation.ErrorCode ?? observation.Stopped,
            Usage = observation.Succeeded ? observation.Usage : null,
            Cost = observation.Cost,
            Latency = observation.Latency,
        });
    }

    /// <summary>Notes a streamed call when it has ended; its text was passed on unread.</summary>
    public void Streamed(TrajectoryStep step) => Add(step);

    /// <summary>Notes a move that asks no expert.</summary>
    public void Moved(int turn, string move, string target, string reason, Verdict? verdict = null, string? error = null) =>
        Add(new TrajectoryStep { Turn = turn, Move = move, Target = target, Reason = reason, Odds = Odds, Verdict = verdict, Error = error });

    /// <summary>Hands the trajectory to the store, once.</summary>
    public async ValueTask EndAsync(string outcome)
    {
        if (_stored)
            return;
        _stored = true;
        var trajectory = new Trajectory
        {
            Id = Id,
            TenantId = query.Caller.TenantId,
            KeyId = query.Caller.KeyId,
            StartedAt = _startedAt,
            Duration = Elapsed,
            Model = query.Request.Model,
            Streamed = query.Request.Stream,
            Query = parts.Limits.KeepTexts ? Cut(query.Request.LastUserText) : null,
            Conductor = conductor.Name,
            Assessment = _assessment,
            ShadowDecision = _shadow,
            Outcome = outcome,
            Cost = Cost,
            Steps = _steps,
        };
        conductor.Ended(trajectory);
        await parts.Trajectories.AddAsync(trajectory);
        if (outcome == "answered")
            parts.Shadows?.Offer(query, trajectory, _experts);
    }

    private void Add(TrajectoryStep step)
    {
        lock (_gate)
        {
            Cost += step.Cost;
            Tokens += step.Usage is { } usage ? usage.Input + usage.Output : 0;
            _steps.Add(step);
        }
    }

    /// <summary>The text as it is kept, at most <see cref="Trajectory.MaxText"/> characters.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= Trajectory.MaxText)
            return text;
        var end = char.IsHighSurrogate(text[Trajectory.MaxText - 1]) ? Trajectory.MaxText - 1 : Trajectory.MaxText;
        return text[..end];
    }
}
