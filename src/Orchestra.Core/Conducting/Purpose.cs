namespace Orchestra.Core.Conducting;

/// <summary>What the answer to a delegated request is for.</summary>
public enum Purpose
{
    /// <summary>It may become the answer to the client.</summary>
    Answer,

    /// <summary>It tells the conductor how hard the query is.</summary>
    Assessment,
}
