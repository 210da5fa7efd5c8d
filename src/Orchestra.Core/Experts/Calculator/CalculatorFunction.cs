namespace Orchestra.Core.Experts.Calculator;

/// <summary>A function of the calculator.</summary>
/// <param name="MinArguments">Arguments that it needs.</param>
/// <param name="MaxArguments">Arguments that it takes.</param>
/// <param name="Apply">Works it out; the last parameter is the position for errors.</param>
internal sealed record CalculatorFunction(int MinArguments, int MaxArguments, Func<Arithmetic, IReadOnlyList<Quantity>, int, Quantity> Apply);
