namespace Orchestra.Core.Experts.Calculator;

/// <summary>What a claimed value says beside the right one.</summary>
public enum ClaimAgreement
{
    /// <summary>The claim is no number or expression, so it says nothing.</summary>
    Unreadable,

    /// <summary>The claim is the value, or the value rounded to the digits that the claim shows.</summary>
    Agrees,

    /// <summary>The claim is another value.</summary>
    Contradicts,
}
