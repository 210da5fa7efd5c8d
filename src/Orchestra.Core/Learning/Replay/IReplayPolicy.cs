namespace Orchestra.Core.Learning.Replay;

/// <summary>Decides in replayed episodes; one that does not learn may be asked from several threads at once.</summary>
public interface IReplayPolicy
{
    /// <summary>The name under which reports show it.</summary>
    string Name { get; }

    /// <summary>The next move.</summary>
    /// <param name="episode">What is known; experts that are missing from the row cannot be asked.</param>
    /// <param name="lambda">The weight of efficiency against accuracy, 0 or more: 0 wants accuracy at any price.</param>
    ReplayMove Decide(ReplayEpisode episode, double lambda);

    /// <summary>How much the policy would rather have the strong expert's answer than the weak one's, on any scale that is the same for all queries of a table.</summary>
    /// <param name="episode">At its start for a decision before any answer; with the weak expert asked for one that has seen the cheap answer.</param>
    /// <param name="weak">The weak expert's index.</param>
    /// <param name="strong">The strong expert's index.</param>
    double PreferStrong(ReplayEpisode episode, int weak, int strong);
}
