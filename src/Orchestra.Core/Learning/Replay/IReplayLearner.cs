namespace Orchestra.Core.Learning.Replay;

/// <summary>A policy that learns from the queries that it served, one after the other.</summary>
public interface IReplayLearner : IReplayPolicy
{
    /// <summary>Learns from a query that has ended; <see cref="ReplayEpisode.ScoreOf"/> tells the scores of the experts that were asked, and of no others.</summary>
    void Learn(ReplayEpisode finished);
}
