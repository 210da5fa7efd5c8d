using System.CommandLine;

namespace Orchestra.Cli.Ledgers;

/// <summary>Options that several commands on ledgers share.</summary>
internal static class TenantOption
{
    public static Option<string?> Create() => new("--tenant") { Description = "Only this tenant. Default: all.", HelpName = "ID" };
}
