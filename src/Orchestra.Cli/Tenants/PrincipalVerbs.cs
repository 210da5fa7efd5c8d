using System.CommandLine;
using System.Globalization;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Tenants;

/// <summary>The verbs that tenants, teams, users and keys share: list, show, create, change and delete.</summary>
/// <param name="level">The level, such as <c>team</c>.</param>
/// <param name="idHelp">What names one, such as <c>tenant/team</c>.</param>
/// <param name="example">An id for the examples.</param>
internal sealed class PrincipalVerbs(string level, string idHelp, string example)
{
    /// <summary>Lists them, with filters of the level's own.</summary>
    public Command List(params Option<string?>[] filters)
    {
        var (options, resource) = Begin();
        var limit = BoundedOption.Create("--limit", "The most rows, 1 to 1000.", 1, 1000);
        limit.DefaultValueFactory = _ => 100;
        var after = new Option<string?>("--after") { Description = "Go on after the page before: the value that it gave.", HelpName = "cursor" };
        var deleted = new Option<bool>("--deleted") { Description = "List deleted ones too." };
        var command = new Command("list", $"List {level}s.") { limit, after, deleted };
        foreach (var filter in filters)
            command.Add(filter);
        options.AddTo(command);
        command.SetAction((parse, ct) => resource.ListAsync(
            parse,
            [
                .. filters.Select(filter => (filter.Name.TrimStart('-'), parse.GetValue(filter))),
                ("limit", parse.GetValue(limit).ToString(CultureInfo.InvariantCulture)), ("after", parse.GetValue(after)), ("deleted", parse.GetValue(deleted) ? "true" : null),
            ],
            ct));
        return command.WithExamples($"./orchestra {level} list", $"./orchestra {level} list --json | jq .data");
    }

    /// <summary>Shows one.</summary>
    public Command Show()
    {
        var (options, resource) = Begin();
        var id = Id();
        var command = new Command("show", $"Show a {level}.") { id };
        options.AddTo(command);
        command.SetAction((parse, ct) => resource.CallAndShowAsync(parse, HttpMethod.Get, PathOf(parse.GetRequiredValue(id)), null, null, ct));
        return command.WithExamples($"./orchestra {level} show {example}");
    }

    /// <summary>Creates one; keys are created by a verb of their own.</summary>
    public Command Create()
    {
        var (options, resource) = Begin();
        var id = Id();
        var fields = new PrincipalFields();
        var command = new Command("create", $"Create a {level}.") { id };
        fields.AddTo(command);
        options.AddTo(command);
        command.SetAction((parse, ct) =>
        {
            var body = fields.Body(parse);
            var parts = Parts(parse.GetRequiredValue(id));
            if (parts.Tenant is not null)
                body["tenant"] = parts.Tenant;
            body["id"] = parts.Id;
            return resource.CallAndShowAsync(parse, HttpMethod.Post, string.Empty, body, null, ct);
        });
        return command.WithExamples($"./orchestra {level} create {example} --name \"Red team\" --requests-per-minute 600");
    }

    /// <summary>Changes one: only what is given.</summary>
    public Command Change(PrincipalFields fields, params string[] examples)
    {
        var (options, resource) = Begin();
        var id = Id();
        var ifVersion = IfVersion();
        var command = new Command("change", $"Change a {level}: only what is given, the rest stays.") { id, ifVersion };
        fields.AddTo(command);
        options.AddTo(command);
        command.SetAction((parse, ct) =>
        {
            var body = fields.Body(parse);
            if (body.Count == 0)
                throw new CommandException($"Nothing to change was given. See: ./orchestra help {level} change", ExitCode.Usage);
            return resource.CallAndShowAsync(parse, HttpMethod.Patch, PathOf(parse.GetRequiredValue(id)), body, parse.GetValue(ifVersion), ct);
        });
        return command.WithExamples([$"./orchestra {level} change {example} --requests-per-minute none --tokens-per-minute 100000", .. examples]);
    }

    /// <summary>Deletes one.</summary>
    public Command Delete()
    {
        var (options, resource) = Begin();
        var id = Id();
        var ifVersion = IfVersion();
        var command = new Command("delete", $"Delete a {level} for good; what it spent stays in the ledger.") { id, ifVersion };
        options.AddTo(command);
        command.SetAction((parse, ct) =>
        {
            _ = Parts(parse.GetRequiredValue(id));
            return resource.DeleteAsync(parse, parse.GetRequiredValue(id), parse.GetValue(ifVersion), ct);
        });
        return command.WithExamples($"./orchestra {level} delete {example}");
    }

    /// <summary>The options of a verb and the resource that it works on.</summary>
    public (AdminOptions Options, AdminResource Resource) Begin()
    {
        var options = new AdminOptions();
        return (options, new AdminResource($"{level}s", options));
    }

    /// <summary>The argument that names one.</summary>
    public Argument<string> Id() => new("id") { Description = $"The {level}: {idHelp}.", HelpName = idHelp };

    /// <summary>The option that ties a change to a version.</summary>
    public static Option<long?> IfVersion() => new("--if-version") { Description = "Only if this is still the version, as show tells it.", HelpName = "number" };

    /// <summary>The path of one below the list's.</summary>
    public string PathOf(string id)
    {
        _ = Parts(id);
        return $"/{AdminResource.Escape(id)}";
    }

    private (string? Tenant, string Id) Parts(string id)
    {
        var parts = id.Split('/');
        var wanted = idHelp.Contains('/') ? 2 : 1;
        if (parts.Length != wanted || parts.Any(part => part.Length == 0 || part.All(letter => letter == '.')))
            throw new CommandException($"'{Terminal.Clean(id)}' names no {level}: write it as {idHelp}, such as {example}.", ExitCode.Usage);
        return wanted == 2 ? (parts[0], parts[1]) : (null, parts[0]);
    }
}
