using System.CommandLine;
using Orchestra.Cli.Ledgers.Export;
using Orchestra.Cli.Ledgers.RollUp;
using Orchestra.Cli.Ledgers.Verify;

namespace Orchestra.Cli.Ledgers;

/// <summary><c>orchestra ledger</c>: everything about the tenants' ledgers.</summary>
public static class LedgerCommand
{
    /// <summary>The command with its verbs, one line each.</summary>
    public static Command Create() => new("ledger", "Verify, export and roll up the tenants' ledgers.")
    {
        LedgerVerifyCommand.Create(),
        LedgerExportCommand.Create(),
        LedgerRollUpCommand.Create(),
    };
}
