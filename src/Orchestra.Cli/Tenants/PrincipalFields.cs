using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Core.Limits;

namespace Orchestra.Cli.Tenants;

/// <summary>The options that say what a tenant, team, user or key is to hold.</summary>
internal class PrincipalFields
{
    private static readonly (string Option, string Field, string What)[] Limits =
    [
        ("--requests-per-minute", "requests_per_minute", "Requests in a minute"),
        ("--tokens-per-minute", "tokens_per_minute", "Tokens in a minute"),
        ("--concurrent-requests", "concurrent_requests", "Requests at the same time"),
    ];

    private readonly Option<string?> _name = new("--name") { Description = "A name for people.", HelpName = "text" };
    private readonly Option<bool?> _disabled = new("--disabled") { Description = "Whether keys are refused.", HelpName = "true|false" };
    private readonly Option<string?>[] _limits = [.. Limits.Select(limit => Limit(limit.Option, limit.What))];

    /// <summary>Gives a command these options.</summary>
    public virtual void AddTo(Command command)
    {
        command.Add(_name);
        command.Add(_disabled);
        foreach (var limit in _limits)
            command.Add(limit);
    }

    /// <summary>The fields that were given, as the admin API takes them.</summary>
    public virtual JsonObject Body(ParseResult parse)
    {
        var body = new JsonObject();
        if (parse.GetValue(_name) is { } name)
            body["name"] = name;
        if (parse.GetValue(_disabled) is { } disabled)
            body["disabled"] = disabled;
        var limits = new JsonObject();
        for (var i = 0; i < _limits.Length; i++)
        {
            if (parse.GetValue(_limits[i]) is { } given)
                limits[Limits[i].Field] = given == "none" ? null : int.Parse(given, CultureInfo.InvariantCulture);
        }

        if (limits.Count > 0)
            body["limits"] = limits;
        return body;
    }

    private static Option<string?> Limit(string name, string what)
    {
        var option = new Option<string?>(name) { Description = $"{what}: 1 to {RateLimits.Most}, or none.", HelpName = "number|none" };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
            if (text != "none" && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= RateLimits.Most))
                result.AddError($"{name} is '{text}'; it takes a number from 1 to {RateLimits.Most}, or none.");
        });
        return option;
    }
}
