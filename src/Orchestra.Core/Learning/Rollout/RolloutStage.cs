namespace Orchestra.Core.Learning.Rollout;

/// <summary>How far a candidate policy has come.</summary>
public enum RolloutStage
{
    /// <summary>It decides and is logged, and does nothing.</summary>
    Shadow,

    /// <summary>It serves a share of the conversations.</summary>
    Canary,
}
