using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets.Reports;
using Spectre.Console;

namespace Orchestra.Cli.Spend;

/// <summary>Shows what was spent to a person.</summary>
internal static class SpendTable
{
    public static void Write(IAnsiConsole console, SpendReport report)
    {
        var by = report.Query.By;
        var hasOwner = by is SpendBy.Team or SpendBy.User or SpendBy.Key;
        var table = new Table().Border(TableBorder.Rounded);
        if (hasOwner)
            table.AddColumn("tenant");
        table.AddColumn(Terminal.Clean(SpendNames.Of(report.Query)));
        foreach (var name in new[] { "amount", "calls", "share" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        foreach (var group in report.Groups)
        {
            var name = group.Name.Length > 0 ? Terminal.Clean(group.Name) : "(none)";
            string[] cells = [.. hasOwner ? [Terminal.Clean(group.TenantId)] : Array.Empty<string>(), name, .. Numbers(group.Nanos, group.Calls, report.ShareOf(group))];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        table.AddEmptyRow();
        string[] total = ["all", .. hasOwner ? [""] : Array.Empty<string>(), .. Numbers(report.Nanos, report.Calls, report.Nanos == 0 ? 0 : 1)];
        table.AddRow(total.Select(cell => new Text(cell)));
        console.Write(table);
    }

    private static string[] Numbers(Int128 nanos, long calls, double share) =>
        [$"${ReportAmount.Of(nanos)}", calls.ToString("N0", CultureInfo.InvariantCulture), share.ToString("0.0%", CultureInfo.InvariantCulture)];
}
