using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>Dates and times in query strings.</summary>
internal static class ReportFields
{
    public static DateTimeOffset? Time(this QueryFields query, string name) => query.Text(name) is not { } text ? null
        : ReportTime.TryParse(text, out var time) ? time
        : throw OrchestraException.Invalid(name, $"The parameter {name} takes an ISO date or time such as 2026-03-01 or 2026-03-01T12:00:00Z; write the + of an offset as %2B.");

    public static DateOnly? Day(this QueryFields query, string name) => query.Text(name) is not { } text ? null
        : ReportTime.TryParseDay(text, out var day) ? day
        : throw OrchestraException.Invalid(name, $"The parameter {name} takes a UTC day such as 2026-03-01.");
}
