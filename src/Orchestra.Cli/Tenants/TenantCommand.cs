using System.CommandLine;

namespace Orchestra.Cli.Tenants;

/// <summary><c>orchestra tenant</c>: who pays.</summary>
public static class TenantCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var verbs = new PrincipalVerbs("tenant", "tenant", "acme");
        return new Command("tenant", "List, show, create, change and delete tenants, on a node's admin API.")
        {
            verbs.List(), verbs.Show(), verbs.Create(), verbs.Change(new PrincipalFields()), verbs.Delete(),
        };
    }
}
