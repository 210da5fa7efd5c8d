using Orchestra.Core.Learning.Replay;

namespace Orchestra.Cli.Tests.Eval;

/// <summary>Asks the cheapest expert, and the dearest too where λ is small and the prompt is long; it learns nothing.</summary>
internal sealed class CheapestThenDearest : IReplayLearner
{
    public string Name => "learned";

    public ReplayMove Decide(ReplayEpisode episode, double lambda)
    {
        var dearest = episode.Table.Experts.Count - 1;
        if (episode.Asked.Count == 0)
            return ReplayMove.Delegate(0);
        return episode.CanAsk(dearest) && episode.Prompt.Length % 7 > 7 * lambda ? ReplayMove.Delegate(dearest) : ReplayMove.Finish(episode.Asked[^1]);
    }

    public double PreferStrong(ReplayEpisode episode, int weak, int strong) => episode.Prompt.Length;

    public void Learn(ReplayEpisode finished) => finished.ScoreOf(finished.Asked[0]);
}
