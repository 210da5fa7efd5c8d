namespace Orchestra.Core.Budgets.Reports;

/// <summary>What was spent, grouped and in order.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="Groups">The groups: the most expensive first, days by date.</param>
public sealed record SpendReport(SpendQuery Query, IReadOnlyList<SpendGroup> Groups)
{
    /// <summary>Nano-dollars of all groups.</summary>
    public Int128 Nanos { get; } = Groups.Aggregate(Int128.Zero, (sum, group) => sum + group.Nanos);

    /// <summary>Calls of all groups.</summary>
    public long Calls => Groups.Sum(group => group.Calls);

    /// <summary>A group's part of all that was spent, 0 to 1; 0 where nothing was.</summary>
    public double ShareOf(in SpendGroup group) => Nanos == 0 ? 0 : (double)group.Nanos / (double)Nanos;
}
