using Orchestra.Core.Conducting;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>Reads trajectories whose moves were drawn, and asks a candidate what it would have done at each decision.</summary>
/// <param name="candidate">The candidate; its decisions have odds.</param>
/// <param name="known">The experts by name.</param>
/// <param name="lambda">The λ on which the candidate decides; null for that of each logged decision.</param>
internal sealed class LoggedQueryReader(IConductor candidate, IReadOnlyDictionary<string, ExpertDescriptor> known, double? lambda)
{
    private const int MostCatalogues = 256;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ExpertDescriptor>> _catalogues = new(StringComparer.Ordinal);

    /// <summary>How many experts were met.</summary>
    public int Experts => _numbers.Count;

    /// <summary>The names of experts that are not described.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a trajectory; null, with the reason, where it says nothing of the candidate.</summary>
    public async ValueTask<(LoggedQuery? Query, QuerySkip Skipped)> ReadAsync(Trajectory trajectory, CancellationToken ct)
    {
        var drawn = Enumerable.Range(0, trajectory.Steps.Count).Where(step => trajectory.Steps[step].Odds is not null).ToList();
        if (drawn.Count == 0 || drawn.Exists(step => !IsDrawn(trajectory.Steps[step])))
            return (null, QuerySkip.NoOdds);
        if (trajectory.Outcome != "answered")
            return (null, QuerySkip.NotAnswered);
        if (string.IsNullOrWhiteSpace(trajectory.Query))
            return (null, QuerySkip.NoText);
        if (trajectory.Query.Length >= Trajectory.MaxText - 1)
            return (null, QuerySkip.CutText);
        var names = Names(trajectory, trajectory.Steps[drawn[0]].Odds!);
        var unknown = names.Where(name => !known.ContainsKey(name)).ToList();
        Unknown.UnionWith(unknown);
        if (unknown.Count > 0)
            return (null, QuerySkip.UnknownExpert);
        var replay = new SituationReplay(trajectory, Catalogue(names, []));
        var decisions = new List<LoggedDecision>(drawn.Count);
        for (var i = 0; i < drawn.Count; i++)
        {
            var end = i + 1 < drawn.Count ? drawn[i + 1] : trajectory.Steps.Count;
            var steps = trajectory.Steps.Take(end).Skip(i == 0 ? 0 : drawn[i]);
            if (await DecideAsync(trajectory.Steps[drawn[i]], drawn[i], replay, names, steps.Sum(step => step.Cost.Nanos) / 1e9, ct) is not { } decision)
                return (null, QuerySkip.NotForCandidate);
            decisions.Add(decision);
        }

        return (new LoggedQuery(decisions, OutcomeDerivation.ScoreOf(trajectory), trajectory.Query.Length), QuerySkip.None);
    }

    private static bool IsDrawn(TrajectoryStep step) =>
        step.Odds is { Probability: > 0 and <= 1 + 1e-6 } odds && MoveKey.Of(step) is { } key && odds.Moves.ContainsKey(key) && odds.Lambda is >= 0 and <= double.MaxValue;

    private static SortedSet<string> Names(Trajectory trajectory, DecisionOdds first)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        names.UnionWith(first.Moves.Keys.Where(key => key.StartsWith(MoveKey.Delegate, StringComparison.Ordinal)).Select(key => key[MoveKey.Delegate.Length..]));
        names.UnionWith(trajectory.Steps.Where(step => step.Move == "delegate").Select(step => step.Target));
        return names;
    }

    private async ValueTask<LoggedDecision?> DecideAsync(TrajectoryStep step, int number, SituationReplay replay, SortedSet<string> names, double dollars, CancellationToken ct)
    {
        var odds = step.Odds!;
        var situation = replay.Before(number, odds, lambda ?? odds.Lambda);
        var asked = replay.ExpertOf.Values.ToHashSet(StringComparer.Ordinal);
        // An expert that could not be asked then, since the chat did not fit, cannot be asked now.
        var absent = names.Where(name => !asked.Contains(name) && !odds.Moves.ContainsKey(MoveKey.Delegate + name)).ToList();
        var decision = await candidate.DecideAsync(situation with { Catalogue = Catalogue(names, absent) }, ct);
        if (decision.Odds is not { } wanted)
            return null;
        var made = MoveKey.Of(step)!;
        var moves = new List<PossibleMove>();
        foreach (var key in wanted.Moves.Keys.Append(made).Distinct(StringComparer.Ordinal))
        {
            if (MoveKey.Read(key, replay.ExpertOf) is not { Expert: { } expert } move)
                return null;
            var verdict = replay.Observations.FirstOrDefault(one => one.Id == move.Observation)?.Verdict;
            moves.Add(new PossibleMove(
                move.Kind, NumberOf(expert), verdict is null ? 0 : verdict.Accepted ? 1 : -1, wanted.Moves.GetValueOrDefault(key), odds.Moves.GetValueOrDefault(key) > 0));
            if (key == made)
                number = moves.Count - 1;
        }

        return new LoggedDecision(number, odds.Probability, moves, replay.Observations.Count(one => one.Succeeded), dollars);
    }

    private int NumberOf(string expert)
    {
        if (!_numbers.TryGetValue(expert, out var number))
            _numbers.Add(expert, number = _numbers.Count);
        return number;
    }

    /// <summary>The same list for the same experts, so that a conductor may keep what depends on them alone.</summary>
    private IReadOnlyList<ExpertDescriptor> Catalogue(SortedSet<string> names, List<string> absent)
    {
        var key = $"{string.Join('\n', names)}\n\n{string.Join('\n', absent)}";
        if (_catalogues.TryGetValue(key, out var catalogue))
            return catalogue;
        if (_catalogues.Count >= MostCatalogues)
            _catalogues.Clear();
        // Nothing fits into a window of one token; taking the expert out would change what the others are compared with.
        catalogue = [.. names.Select(name => absent.Contains(name) ? known[name] with { ContextWindow = 1 } : known[name])];
        _catalogues.Add(key, catalogue);
        return catalogue;
    }
}
