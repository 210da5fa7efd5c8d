using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// Learns from nothing as it goes, over two or more experts: it always hears the cheapest one, asks a further one for a share of queries that shrinks, and fits its predictions anew when the outcomes have
/// grown by a third. It sees outcomes of experts that it asked, and of no others.
/// </summary>
/// <param name="experts">The experts, without any row.</param>
/// <param name="seed">The seed of its exploration.</param>
public sealed class OnlineLearner(ReplayTable experts, long seed) : IReplayLearner, IDisposable
{
    private const int First = 60;
    private const double Growth = 1.33;
    private const double MostExploration = 0.6;
    private const double LeastExploration = 0.3;
    private const double ExploredAtMost = 150;

    private readonly Random _random = new((int)(seed & int.MaxValue));
    private readonly List<ReplayRow> _seen = [];
    private LearnedReplayPolicy? _policy;
    private double _next = First;

    /// <inheritdoc/>
    public string Name => "learned online";

    /// <inheritdoc/>
    public ReplayMove Decide(ReplayEpisode episode, double lambda)
    {
        var open = Enumerable.Range(0, experts.Experts.Count).Where(episode.CanAsk).ToList();
        if (episode.Asked.Count == 0)
            return ReplayMove.Delegate(open[0]);
        if (open.Count > 0 && episode.Asked.Count == 1 && _random.NextDouble() < Exploration)
            return ReplayMove.Delegate(open[_random.Next(open.Count)]);
        return _policy?.Decide(episode, lambda) ?? ReplayMove.Finish(episode.Asked[^1]);
    }

    /// <inheritdoc/>
    public double PreferStrong(ReplayEpisode episode, int weak, int strong) => _policy?.PreferStrong(episode, weak, strong) ?? 0;

    /// <inheritdoc/>
    public void Learn(ReplayEpisode finished)
    {
        var outcomes = finished.Row.Outcomes.Select((outcome, expert) => finished.Asked.Contains(expert) ? outcome : null).ToList();
        _seen.Add(finished.Row with { Outcomes = outcomes });
        if (_seen.Count < _next)
            return;
        _next = _seen.Count * Growth;
        var data = new TrainingData(experts.With([.. _seen]), seed, CancellationToken.None);
        var warm = WarmStart.Fit(data, seed, _ => { }, CancellationToken.None);
        _policy?.Dispose();
        _policy = new LearnedReplayPolicy(new PolicyWeights(warm.Prior, warm.Posterior, MoveScorer.Initial(new Random(0)), data.Memory, data.Outputs));
    }

    /// <inheritdoc/>
    public void Dispose() => _policy?.Dispose();

    private double Exploration => Math.Max(LeastExploration, Math.Min(MostExploration, ExploredAtMost / Math.Max(1, _seen.Count)));
}
