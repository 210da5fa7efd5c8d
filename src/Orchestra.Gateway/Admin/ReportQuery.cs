using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>The parameters of a report's address; one that is unknown or there twice is an error, since it would be ignored without a word.</summary>
internal sealed class ReportQuery
{
    private const int MostLength = 512;
    private readonly IQueryCollection _values;

    public ReportQuery(HttpContext context, params ReadOnlySpan<string> names)
    {
        _values = context.Request.Query;
        foreach (var (name, value) in _values)
        {
            if (!names.Contains(name))
                throw OrchestraException.Invalid(name, $"There is no parameter '{name}' here; there are: {string.Join(", ", names.ToArray())}.");
            if (value.Count != 1 || value[0]!.Length > MostLength)
                throw OrchestraException.Invalid(name, $"Give '{name}' once, with at most {MostLength} characters.");
        }
    }

    /// <summary>A text; null where it is not given or empty.</summary>
    public string? Text(string name) => _values[name] is [{ Length: > 0 } text] ? text : null;

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : ReportTime.TryParse(text, out var time) ? time
        : throw OrchestraException.Invalid(name, $"'{name}' is an ISO date or time such as 2026-03-01 or 2026-03-01T12:00:00Z; write the + of an offset as %2B.");

    public DateOnly? Day(string name) => Text(name) is not { } text ? null
        : ReportTime.TryParseDay(text, out var day) ? day
        : throw OrchestraException.Invalid(name, $"'{name}' is a UTC day such as 2026-03-01.");

    public int Number(string name, int least, int most, int fallback) => Text(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw OrchestraException.Invalid(name, $"'{name}' is a number from {least} to {most}.");
}
