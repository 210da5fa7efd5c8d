using Orchestra.Core.Errors;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>An expression that the calculator cannot read, or that has no value within its limits.</summary>
/// <param name="position">Where, counted from 1 in characters of the expression.</param>
/// <param name="reason">What is wrong there and what to change, one or two sentences.</param>
public sealed class CalculatorException(int position, string reason)
    : OrchestraException(ErrorCode.InvalidRequest, 400, $"The calculator cannot work this out (character {position}): {reason}")
{
    /// <summary>Where, counted from 1 in characters of the expression.</summary>
    public int Position { get; } = position;
}
