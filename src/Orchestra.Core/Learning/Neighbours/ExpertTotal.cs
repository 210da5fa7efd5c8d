namespace Orchestra.Core.Learning.Neighbours;

/// <summary>All outcomes of one expert that a memory holds.</summary>
/// <param name="Sum">The sum of its scores.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct ExpertTotal(double Sum, int Count)
{
    /// <summary>The mean of its scores; 0 where there is none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;
}
