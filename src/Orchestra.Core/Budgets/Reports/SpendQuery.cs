namespace Orchestra.Core.Budgets.Reports;

/// <summary>Which spend is asked for.</summary>
/// <param name="By">What it is grouped by.</param>
/// <param name="From">The first UTC day; null for the beginning.</param>
/// <param name="To">The UTC day behind the last one; null for the present.</param>
/// <param name="TenantId">Whose spend; null for everybody's.</param>
/// <param name="Metadata">With <see cref="SpendBy.Key"/>: the keys' metadata by whose present value their spend is summed up; stores do not look at it.</param>
public sealed record SpendQuery(SpendBy By, DateOnly? From = null, DateOnly? To = null, string? TenantId = null, string? Metadata = null);
