using System.CommandLine;

namespace Orchestra.Cli.Tenants;

/// <summary><c>orchestra team</c>: the groups of a tenant's keys.</summary>
public static class TeamCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var verbs = new PrincipalVerbs("team", "tenant/team", "acme/red");
        var tenant = new Option<string?>("--tenant") { Description = "Only those of this tenant.", HelpName = "tenant" };
        return new Command("team", "List, show, create, change and delete teams of tenants, on a node's admin API.")
        {
            verbs.List(tenant), verbs.Show(), verbs.Create(), verbs.Change(new PrincipalFields()), verbs.Delete(),
        };
    }
}
