using System.CommandLine;

namespace Orchestra.Cli.Tenants;

/// <summary><c>orchestra user</c>: the people and programs of a tenant.</summary>
public static class UserCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var verbs = new PrincipalVerbs("user", "tenant/user", "acme/ann");
        var tenant = new Option<string?>("--tenant") { Description = "Only those of this tenant.", HelpName = "tenant" };
        return new Command("user", "List, show, create, change and delete users of tenants, on a node's admin API.")
        {
            verbs.List(tenant), verbs.Show(), verbs.Create(), verbs.Change(new PrincipalFields()), verbs.Delete(),
        };
    }
}
