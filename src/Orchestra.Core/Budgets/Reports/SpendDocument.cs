using System.Text.Json;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>A report on what was spent as programs read it.</summary>
/// <param name="By">What it is grouped by.</param>
/// <param name="From">The first UTC day; null for the beginning.</param>
/// <param name="To">The UTC day behind the last one; null for the present.</param>
/// <param name="Tenant">Whose spend; null for everybody's.</param>
/// <param name="TotalUsd">What all groups spent.</param>
/// <param name="Calls">Calls of all groups.</param>
/// <param name="Groups">How many groups there are.</param>
/// <param name="Data">The groups in order, the first <see cref="MostGroups"/> of them.</param>
public sealed record SpendDocument(string By, DateOnly? From, DateOnly? To, string? Tenant, string TotalUsd, long Calls, int Groups, IReadOnlyList<SpendDocumentGroup> Data)
{
    /// <summary>The most groups that are shown.</summary>
    public const int MostGroups = 10_000;

    /// <summary>Shows a report.</summary>
    public static SpendDocument Of(SpendReport report)
    {
        var (nanos, by) = (report.Nanos, report.Query.By);
        return new SpendDocument(
            SpendNames.Of(report.Query), report.Query.From, report.Query.To, report.Query.TenantId, ReportAmount.Of(nanos), report.Calls, report.Groups.Count,
            [.. report.Groups.Take(MostGroups).Select(group => new SpendDocumentGroup(
                by is SpendBy.Expert or SpendBy.Day ? null : group.TenantId, group.Name, ReportAmount.Of(group.Nanos), group.Calls,
                nanos == 0 ? 0 : Math.Round((double)group.Nanos / (double)nanos, 6)))]);
    }

    /// <summary>Writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.SpendDocument);
}
