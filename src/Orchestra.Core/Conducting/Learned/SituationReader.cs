using System.Runtime.CompilerServices;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Conducting.Learned;

/// <summary>Reads situations into the state that a policy sees. One object serves one thread, and keeps what depends on the catalogue alone.</summary>
/// <param name="weights">The policy's weights.</param>
internal sealed class SituationReader(PolicyWeights weights)
{
    /// <summary>Experts that are considered; of a larger catalogue, the cheapest ones.</summary>
    public const int MostExperts = 64;

    private static readonly ConditionalWeakTable<ChatCompletion, SeenAnswer> Answers = [];

    private IReadOnlyList<ExpertDescriptor>? _catalogue;
    private List<ExpertDescriptor> _experts = [];
    private int[] _observations = [];
    private QueryState? _state;

    /// <summary>The state.</summary>
    public QueryState State => _state!;

    /// <summary>The experts, in the state's order.</summary>
    public IReadOnlyList<ExpertDescriptor> Experts => _experts;

    /// <summary>Whether nobody answered yet.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>Whether there are experts that were not asked.</summary>
    public bool CouldAskAnother { get; private set; }

    /// <summary>Reads a situation; false where no expert suits it.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="vector">The query's vector; null where the policy makes it itself, or there is none.</param>
    public bool Read(Situation situation, float[]? vector = null)
    {
        if (!ReferenceEquals(_catalogue, situation.Catalogue))
        {
            _catalogue = situation.Catalogue;
            _experts = [.. situation.Catalogue.Where(expert => expert.IsChat).OrderBy(ExpertCoordinates.TypicalCost).ThenBy(expert => expert.Name, StringComparer.Ordinal).Take(MostExperts)];
            _observations = new int[_experts.Count];
            _state = new QueryState(weights, _experts);
        }

        if (_experts.Count == 0)
            return false;
        var query = situation.Request.LastUserText;
        if (vector is null)
            State.Begin(query);
        else
            State.BeginWith(query, vector);
        var open = 0;
        var answered = 0;
        for (var i = 0; i < _experts.Count; i++)
        {
            var seen = State.Experts[i];
            _observations[i] = -1;
            seen.IsPresent = ContextFit.Fits(_experts[i], situation.Request);
            Look(situation, query, i, seen);
            answered += seen.Answer is null ? 0 : 1;
            open += seen.IsPresent && seen.Answer is null ? 1 : 0;
        }

        CouldAskAnother = open > 1 || answered > 0;
        IsFirst = answered == 0;
        State.Predict();
        return open + answered > 0;
    }

    /// <summary>Whether there is an answer and no turn or time for another one.</summary>
    public bool MustEnd(Situation situation, LearnedOptions options) => situation.TurnsLeft < 3 || situation.TimeLeft < options.LeastTime;

    /// <summary>The name of an expert.</summary>
    public string NameOf(int expert) => _experts[expert].Name;

    /// <summary>The number of the observation that holds an expert's answer.</summary>
    public int ObservationOf(int expert) => _observations[expert];

    /// <summary>The key under which odds are logged.</summary>
    public string KeyOf(ReplayMove move) => move.Kind switch
    {
        ReplayMoveKind.Finish => $"finish:{_observations[move.Expert]}",
        ReplayMoveKind.Verify => $"verify:{_observations[move.Expert]}",
        _ => $"delegate:{_experts[move.Expert].Name}",
    };

    private void Look(Situation situation, string query, int index, SeenExpert seen)
    {
        foreach (var observation in situation.Observations)
        {
            if (observation.Expert != _experts[index].Name)
                continue;
            if (observation.Completion is not { } completion)
            {
                // It failed: it is not asked again.
                seen.IsPresent = seen.Answer is not null;
                continue;
            }

            _observations[index] = observation.Id;
            seen.IsPresent = true;
            seen.Answer = Answers.GetValue(completion, one => SeenAnswer.Of(query, one.Text));
            seen.IsVerified = observation.Verdict is not null;
            seen.Verdict = ReplayVerdicts.Sign(observation.Verdict);
        }
    }
}
