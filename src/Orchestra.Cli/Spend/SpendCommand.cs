using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Ledgers;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Cli.Spend;

/// <summary><c>orchestra spend</c>: who spent how much.</summary>
public static class SpendCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = new StoreOptions();
        var by = new Option<string>("--by") { Description = $"What to group by: {SpendNames.All}.", HelpName = "NAME", DefaultValueFactory = _ => "tenant" };
        var from = DayOption("--from", "The first UTC day, such as 2026-03-01. Default: the beginning.");
        var to = DayOption("--to", "The UTC day behind the last one. Default: the present.");
        var tenant = TenantOption.Create();
        var json = NodeOptions.Json();
        var command = new Command("spend", "Show what was spent, exact to the nano-dollar; a node may be running.") { by, from, to, tenant };
        store.AddTo(command);
        command.Add(json);
        command.SetAction(async (parse, ct) =>
        {
            if (!SpendNames.TryParse(parse.GetValue(by), out var group, out var metadata))
                throw new CommandException($"--by is '{parse.GetValue(by)}'; it takes {SpendNames.All}.", ExitCode.Usage);
            var query = new SpendQuery(group, parse.GetValue(from), parse.GetValue(to), parse.GetValue(tenant), metadata);
            if (query.From >= query.To)
                throw new CommandException("--from must lie before --to, which is not part of the report.", ExitCode.Usage);
            await using var ledgers = await store.OpenAsync(parse, ct);
            var report = await new SpendReports(ledgers.Store, ledgers.Reports, ledgers.Tenants).ReadAsync(query, ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
                await output.WriteLineAsync(SpendDocument.Of(report).ToJson());
            else
                SpendTable.Write(Terminal.On(output), report);
            return ExitCode.Ok;
        });
        return command.WithExamples("./orchestra spend --by team --from 2026-03-01 --to 2026-04-01", "./orchestra spend --by day --tenant acme --json | jq .data");
    }

    private static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
            if (ReportTime.TryParseDay(text, out var day))
                return day;
            result.AddError($"{name} is '{text}'; it takes a day such as 2026-03-01.");
            return null;
        },
    };
}
