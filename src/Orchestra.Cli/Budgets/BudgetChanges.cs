using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Budgets;

/// <summary>The commands that change a budget.</summary>
internal static class BudgetChanges
{
    public static Command Set()
    {
        var calls = new BudgetCalls();
        var limit = BudgetWords.Amount("limit", "The hard limit.");
        var warnAt = new Option<string?>("--warn-at")
        {
            Description = "Per cents of the limit at which to warn, such as 50,80,95, or none. Default: those of the node's configuration.", HelpName = "lines",
        };
        var command = calls.Changing("set", "Set or change a hard limit; what is spent stays spent.", limit, warnAt);
        command.SetAction((parse, ct) =>
        {
            var body = new JsonObject { ["limit_usd"] = parse.GetRequiredValue(limit) };
            if (parse.GetValue(warnAt) is { } lines)
                body["warn_at"] = Lines(lines);
            return calls.ChangeAsync(parse, HttpMethod.Put, string.Empty, body, ct);
        });
        return command.WithExamples("./orchestra budget set acme tenant monthly 500", "./orchestra budget set acme team:blue daily 12.50 --warn-at 50,90");
    }

    public static Command Grant()
    {
        var calls = new BudgetCalls();
        var amount = BudgetWords.Amount("amount", "How much to add.");
        var command = calls.Changing("grant", "Add money to a limit for its present window; for good where it covers all time.", amount);
        command.SetAction((parse, ct) => calls.ChangeAsync(parse, HttpMethod.Post, "/grant", new JsonObject { ["amount_usd"] = parse.GetRequiredValue(amount) }, ct));
        return command.WithExamples("./orchestra budget grant acme user:ann monthly 25", "./orchestra budget grant acme tenant total 100 --idempotency-key invoice-4711");
    }

    public static Command Raise()
    {
        var calls = new BudgetCalls();
        var amount = BudgetWords.Amount("amount", "How much to add.");
        var until = new Option<string>("--until")
        {
            Description = "When the raise ends: the beginning of a day where the tenant is, or a time with its offset.", HelpName = "date|time", Required = true,
        };
        var command = calls.Changing("raise", "Add money to a limit until a date, in every window up to then.", amount, until);
        command.SetAction((parse, ct) => calls.ChangeAsync(
            parse, HttpMethod.Post, "/raise", new JsonObject { ["amount_usd"] = parse.GetRequiredValue(amount), ["until"] = parse.GetRequiredValue(until) }, ct));
        return command.WithExamples(
            "./orchestra budget raise acme team:blue daily 20 --until 2027-01-31", "./orchestra budget raise acme tenant monthly 100 --until 2027-01-31T18:00:00+01:00");
    }

    public static Command Reset()
    {
        var calls = new BudgetCalls();
        var command = calls.Changing("reset", "Forgive what is spent in a budget's present window; the ledger keeps it.");
        command.SetAction((parse, ct) => calls.ChangeAsync(parse, HttpMethod.Post, "/reset", null, ct));
        return command.WithExamples("./orchestra budget reset acme key:k0196f0a2c5d47d0d9a3c1f9d6f1f7c55 daily");
    }

    public static Command Remove()
    {
        var calls = new BudgetCalls();
        var command = calls.Changing("remove", "Remove a hard limit: nothing limits this scope in this window any more.");
        command.SetAction(async (parse, ct) =>
        {
            var one = calls.One(parse);
            using var answer = await calls.CallAsync(parse, HttpMethod.Delete, one, null, ct);
            var removed = $"budgets/{Uri.UnescapeDataString(one)}";
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                calls.Json(parse) ? new JsonObject { ["deleted"] = removed }.ToJsonString() : $"Removed {removed}. Limits of other scopes and windows still hold.");
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra budget remove acme team:blue weekly");
    }

    public static Command TimeZone()
    {
        var calls = new BudgetCalls();
        var zone = new Argument<string>("zone") { Description = "An IANA name, such as Europe/Berlin or UTC." };
        var command = calls.ChangingTenant("time-zone", "Set the time zone in which a tenant's hours, days, weeks and months begin.", zone);
        command.SetAction(async (parse, ct) =>
        {
            using var answer = await calls.CallAsync(parse, HttpMethod.Put, $"{calls.Tenant(parse)}/time_zone", new JsonObject { ["time_zone"] = parse.GetRequiredValue(zone) }, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                calls.Json(parse) ? answer!.RootElement.GetRawText() : $"The budgets of {calls.Tenant(parse)} now follow the calendar of {Terminal.Clean(parse.GetRequiredValue(zone))}.");
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra budget time-zone acme Europe/Berlin");
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        foreach (var line in text == "none" ? [] : text.Split(','))
        {
            lines.Add(int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100
                ? percent
                : throw new CommandException($"--warn-at is '{Terminal.Clean(text)}'; it takes rising per cents from 1 to 100 such as 50,80,95, or none.", ExitCode.Usage));
        }

        return lines;
    }
}
