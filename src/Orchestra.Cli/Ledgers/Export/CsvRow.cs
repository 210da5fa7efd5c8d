using System.Buffers;
using System.Globalization;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.Ledgers.Export;

/// <summary>A row of a ledger as a line of RFC 4180.</summary>
internal static class CsvRow
{
    public const string Header =
        "tenant,version,at,kind,operation,reservation,amount_usd,until,team,user,key,expert,trajectory,scope,window,detail\r\n";

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public static string Of(LedgerRow row) => string.Join(
        ',', Cell(row.Tenant), row.Version.ToString(CultureInfo.InvariantCulture), Time(row.At), row.Kind, Cell(row.Operation), Cell(row.Reservation), row.AmountUsd?.ToString(),
        Time(row.Until), Cell(row.Team), Cell(row.User), Cell(row.Key), Cell(row.Expert), Cell(row.Trajectory), Cell(row.Scope), Cell(row.Window), Cell(row.Detail)) + "\r\n";

    /// <summary>A text as a cell: quoted where it has to be, and with an apostrophe where a spreadsheet would take it for a formula.</summary>
    internal static string? Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = '\'' + text;
        return text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string? Time(DateTime? time) => time?.ToString(TimeForm, CultureInfo.InvariantCulture);
}
