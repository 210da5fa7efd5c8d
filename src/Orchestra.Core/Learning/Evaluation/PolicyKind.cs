namespace Orchestra.Core.Learning.Evaluation;

/// <summary>What kind of way to decide was measured.</summary>
public enum PolicyKind
{
    /// <summary>One expert for everything.</summary>
    OneExpert,

    /// <summary>A rule or a simple estimate, to compare with.</summary>
    Baseline,

    /// <summary>Chooses with the outcomes in view: what no policy can surpass.</summary>
    Oracle,

    /// <summary>The policy that is evaluated.</summary>
    Learned,
}
