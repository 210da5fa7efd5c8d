namespace Orchestra.Core.Learning.Accumulation;

/// <summary>Why a trajectory makes no row of an outcome table.</summary>
public enum RowSkip
{
    /// <summary>It makes one.</summary>
    None,

    /// <summary>Its query's text was not kept.</summary>
    NoText,

    /// <summary>No expert answered it.</summary>
    NoAnswer,

    /// <summary>Nothing says how good any answer was.</summary>
    NoScore,
}
