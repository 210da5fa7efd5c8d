using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Tenants;

namespace Orchestra.Cli.Tenants;

/// <summary><c>orchestra key</c>: API keys and their whole life.</summary>
public static class KeyCommand
{
    private const string Example = "k0196f0a2c5d47d0d9a3c1f9d6f1f7c55";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var verbs = new PrincipalVerbs("key", "key", Example);
        return new Command("key", "List, show, create, change, rotate, disable, enable and delete API keys, on a node's admin API.")
        {
            verbs.List(Owner("--tenant", "Only those of this tenant."), Owner("--team", "Only those of this team; give the tenant too."), Owner("--user", "Only those of this user; give the tenant too.")),
            verbs.Show(),
            CreateKey(verbs),
            verbs.Change(new KeyFields(), $"./orchestra key change {Example} --allow small --allow calculator --expires never"),
            Rotate(verbs),
            Switch(verbs, "disable", "Refuse a key until it is enabled again.", disabled: true),
            Switch(verbs, "enable", "Take a disabled key again.", disabled: false),
            verbs.Delete(),
        };
    }

    private static Command CreateKey(PrincipalVerbs verbs)
    {
        var (options, resource) = verbs.Begin();
        var owners = new[] { Owner("--tenant", "Who pays for it."), Owner("--team", "The team that it counts in."), Owner("--user", "The user that it counts in.") };
        owners[0].Required = true;
        var fields = new KeyFields();
        var command = new Command("create", "Create an API key; its text is shown once.");
        foreach (var owner in owners)
            command.Add(owner);
        fields.AddTo(command);
        options.AddTo(command);
        command.SetAction((parse, ct) =>
        {
            var body = fields.Body(parse);
            foreach (var owner in owners)
            {
                if (parse.GetValue(owner) is { } id)
                    body[owner.Name.TrimStart('-')] = id;
            }

            return resource.CallAndShowAsync(parse, HttpMethod.Post, string.Empty, body, null, ct);
        });
        return command.WithExamples(
            "./orchestra key create --tenant acme --team red --name laptop --expires 2027-01-31T18:00:00Z --meta project=apollo",
            "./orchestra key create --tenant acme --allow small --allow calculator --requests-per-minute 60 --json | jq -r .key");
    }

    private static Command Rotate(PrincipalVerbs verbs)
    {
        var (options, resource) = verbs.Begin();
        var id = verbs.Id();
        var grace = BoundedOption.Create("--grace", "Seconds for which the present text stays good.", 0, (int)PrincipalRules.LongestGrace.TotalSeconds);
        grace.DefaultValueFactory = _ => (int)ApiKeyIssuer.DefaultGrace.TotalSeconds;
        var ifVersion = PrincipalVerbs.IfVersion();
        var command = new Command("rotate", "Give a key a new text, shown once; the present one stays good for a while.") { id, grace, ifVersion };
        options.AddTo(command);
        command.SetAction((parse, ct) => resource.CallAndShowAsync(
            parse, HttpMethod.Post, $"{verbs.PathOf(parse.GetRequiredValue(id))}/rotate", new JsonObject { ["grace_seconds"] = parse.GetValue(grace) }, parse.GetValue(ifVersion), ct));
        return command.WithExamples($"./orchestra key rotate {Example}", $"./orchestra key rotate {Example} --grace 0 --json | jq -r .key");
    }

    private static Command Switch(PrincipalVerbs verbs, string name, string description, bool disabled)
    {
        var (options, resource) = verbs.Begin();
        var id = verbs.Id();
        var command = new Command(name, description) { id };
        options.AddTo(command);
        command.SetAction((parse, ct) => resource.CallAndShowAsync(
            parse, HttpMethod.Patch, verbs.PathOf(parse.GetRequiredValue(id)), new JsonObject { ["disabled"] = disabled }, null, ct));
        return command.WithExamples($"./orchestra key {name} {Example}");
    }

    private static Option<string?> Owner(string name, string description) => new(name) { Description = description, HelpName = name.TrimStart('-') };
}
