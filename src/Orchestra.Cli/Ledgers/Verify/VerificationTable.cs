using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets.Verification;
using Spectre.Console;

namespace Orchestra.Cli.Ledgers.Verify;

/// <summary>Shows a verification to a person.</summary>
internal static class VerificationTable
{
    public static void Write(IAnsiConsole console, LedgerVerification found, TimeSpan took)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in new[] { "tenants", "rows", "snapshots", "seconds", "rows/s" })
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddRow(
            Number(found.Tenants), Number(found.Rows), Number(found.Snapshots), took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            Number((long)(found.Rows / Math.Max(took.TotalSeconds, 1e-6))));
        console.Write(table);
        if (found.Faults.Count == 0)
        {
            console.WriteLine("Every ledger is in order.");
            return;
        }

        var faults = new Table().Border(TableBorder.Rounded).AddColumn("tenant").AddColumn(new TableColumn("row").RightAligned()).AddColumn("what is wrong");
        foreach (var fault in found.Faults)
            faults.AddRow(new Text(Terminal.Clean(fault.TenantId)), new Text(Number(fault.Version)), new Text(Terminal.Clean(fault.Message)));
        console.Write(faults);
        console.WriteLine($"{Number(found.Faults.Count)} of {Number(found.AllTenants)} ledgers are broken; each is named with its first row that breaks a rule.");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
