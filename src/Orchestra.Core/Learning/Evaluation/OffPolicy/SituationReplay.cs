using System.Text.Json;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>
/// Puts a conductor back into the situations of a trajectory, one decision after the other. What the trajectory does not hold, such as earlier turns of the chat, is told by what was possible
/// then: the keys of the logged odds.
/// </summary>
internal sealed class SituationReplay
{
    private const int LastTurns = 2;
    private const int ManyTurns = 6;

    private readonly Trajectory _trajectory;
    private readonly IReadOnlyList<ExpertDescriptor> _experts;
    private readonly ChatRequest _request;
    private readonly List<Observation> _observations = [];
    private readonly Dictionary<int, string> _expertOf = [];
    private Money _spent;
    private int _next;

    /// <summary>Begins a trajectory whose text is there.</summary>
    /// <param name="trajectory">The trajectory.</param>
    /// <param name="experts">The experts that could be asked, always the same list for the same experts.</param>
    public SituationReplay(Trajectory trajectory, IReadOnlyList<ExpertDescriptor> experts)
    {
        _trajectory = trajectory;
        _experts = experts;
        _request = ChatRequestReader.Read(JsonSerializer.SerializeToUtf8Bytes(new { model = "orchestra", messages = new[] { new { role = "user", content = trajectory.Query } } }));
    }

    /// <summary>The observations of the present situation.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>The expert of each observation, by its number.</summary>
    public IReadOnlyDictionary<int, string> ExpertOf => _expertOf;

    /// <summary>The situation before a step, which lies behind those that were asked for before.</summary>
    /// <param name="step">The step's number.</param>
    /// <param name="odds">The odds with which it was drawn.</param>
    /// <param name="lambda">The λ on which it is to be decided.</param>
    public Situation Before(int step, DecisionOdds odds, double lambda)
    {
        for (; _next < step; _next++)
            Take(_trajectory.Steps[_next]);
        // Where nothing but ends was possible, the turns or the time were over.
        var mustEnd = odds.Moves.Keys.All(key => key.StartsWith(MoveKey.Finish, StringComparison.Ordinal));
        return new Situation
        {
            Request = _request,
            TenantId = _trajectory.TenantId,
            Catalogue = _experts,
            Observations = [.. _observations],
            Turn = _trajectory.Steps[step].Turn,
            TurnsLeft = mustEnd ? LastTurns : ManyTurns,
            Spent = _spent,
            Preference = LearnedOptions.PreferenceOf(lambda),
        };
    }

    private void Take(TrajectoryStep step)
    {
        _spent += step.Cost;
        if (step is { Move: "delegate", ObservationId: { } id })
        {
            // A call that failed has no usage, and one that was cut short has.
            var usage = step.Usage;
            _expertOf[id] = step.Target;
            _observations.Add(new Observation
            {
                Id = id,
                Turn = step.Turn,
                Move = new Move.Delegate(step.Target, RequestEdits.None, Purpose.Answer, Judged: true),
                Expert = step.Target,
                Completion = usage is { } used ? ChatCompletionWriter.FromText("replayed", step.Target, DateTimeOffset.UnixEpoch, step.Observation ?? string.Empty, used, step.FinishReason ?? "stop") : null,
                ErrorCode = usage is null ? step.Error : null,
                Usage = usage ?? default,
                Cost = step.Cost,
                Latency = step.Latency,
            });
        }
        else if (step is { Move: "verify", Verdict: { } verdict } && OutcomeDerivation.Number(step.Target) is { } number && _observations.FindIndex(one => one.Id == number) is >= 0 and var at)
        {
            _observations[at] = _observations[at] with { Verdict = verdict };
        }
    }
}
