using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tenants;

/// <summary>The options that say what a key is to hold.</summary>
internal sealed class KeyFields : PrincipalFields
{
    private readonly Option<string?> _expires = new("--expires") { Description = "When it stops being good, such as 2027-01-31T18:00:00Z, or never.", HelpName = "time|never" };
    private readonly Option<string[]> _allow = new("--allow") { Description = "An expert that it may use, tools included; once for each, or all.", HelpName = "expert|all" };
    private readonly Option<string[]> _meta = new("--meta") { Description = "What spend can be grouped by; once for each pair.", HelpName = "name=value" };
    private readonly Option<string[]> _removeMeta = new("--remove-meta") { Description = "A pair to take out; once for each.", HelpName = "name" };

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        base.AddTo(command);
        foreach (var option in new Option[] { _expires, _allow, _meta, _removeMeta })
            command.Add(option);
    }

    /// <inheritdoc/>
    public override JsonObject Body(ParseResult parse)
    {
        var body = base.Body(parse);
        if (parse.GetValue(_expires) is { } expires)
            body["expires_at"] = expires == "never" ? null : expires;
        if (parse.GetValue(_allow) is { Length: > 0 } experts)
            body["allowed_experts"] = experts is ["all"] ? null : new JsonArray([.. experts.Select(expert => JsonValue.Create(expert))]);
        var metadata = new JsonObject();
        foreach (var name in parse.GetValue(_removeMeta) ?? [])
            metadata[name] = null;
        foreach (var pair in parse.GetValue(_meta) ?? [])
        {
            var split = pair.Split('=', 2);
            metadata[split[0]] = split.Length == 2 ? split[1] : throw new CommandException($"--meta takes name=value, not '{Terminal.Clean(pair)}'.", ExitCode.Usage);
        }

        if (metadata.Count > 0)
            body["metadata"] = metadata;
        return body;
    }
}
