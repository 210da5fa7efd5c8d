using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Tests.Learning.Evaluation;

/// <summary>A policy made of two functions.</summary>
internal sealed class Scripted(Func<ReplayEpisode, double, ReplayMove> decide, Func<ReplayEpisode, double> prefer) : IReplayPolicy
{
    public string Name => "scripted";

    public ReplayMove Decide(ReplayEpisode episode, double lambda) => decide(episode, lambda);

    public double PreferStrong(ReplayEpisode episode, int weak, int strong) => prefer(episode);

    /// <summary>Asks one expert and gives its answer; where another was asked before, that one's.</summary>
    public static ReplayMove AskOnly(ReplayEpisode episode, int expert) => episode.Asked.Count > 0 ? ReplayMove.Finish(episode.Asked[^1]) : ReplayMove.Delegate(expert);
}
