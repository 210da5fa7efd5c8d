using System.CommandLine;
using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Nodes;

namespace Orchestra.Cli.Budgets;

/// <summary>The commands that show budgets.</summary>
internal static class BudgetViews
{
    private const int MostBytes = 16 * 1024 * 1024;

    public static Command List()
    {
        var options = new AdminOptions();
        var tenant = BudgetWords.Tenant();
        var scope = new Option<string?>("--scope") { Description = $"Only those of this scope: {BudgetWords.Scopes}.", HelpName = "scope" };
        var limit = BoundedOption.Create("--limit", "The most rows, 1 to 1000.", 1, 1000);
        limit.DefaultValueFactory = _ => 100;
        var after = new Option<string?>("--after") { Description = "Go on after the page before: the value that it gave.", HelpName = "cursor" };
        var command = new Command("list", "List every budget of a tenant, with how much of it is used.") { tenant, scope, limit, after };
        options.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            if (parse.GetValue(scope) is { } text && !BudgetWords.IsScope(text))
                throw new CommandException($"--scope is '{Terminal.Clean(text)}'; it takes {BudgetWords.Scopes}.", ExitCode.Usage);
            var query = new (string Name, string? Value)[] { ("scope", parse.GetValue(scope)), ("after", parse.GetValue(after)) }
                .Where(pair => pair.Value is not null).Select(pair => $"&{pair.Name}={Uri.EscapeDataString(pair.Value!)}");
            using var node = options.Connect(parse);
            using var response = await node.SendAsync(
                HttpMethod.Get, $"admin/budgets?tenant={parse.GetRequiredValue(tenant)}&limit={parse.GetValue(limit)}{string.Concat(query)}", null, ct);
            using var page = await NodeClient.ReadJsonAsync(response, MostBytes, ct);
            return await BudgetCalls.ShowAsync(parse, options, page.RootElement, console => BudgetTable.WriteList(page.RootElement, console));
        });
        return command.WithExamples("./orchestra budget list acme", "./orchestra budget list acme --scope team:blue --json | jq .data");
    }

    public static Command Show()
    {
        var options = new AdminOptions();
        var key = NodeOptions.Key();
        Argument<string>[] words = [BudgetWords.Tenant(), BudgetWords.Scope(), BudgetWords.Window()];
        var command = new Command("show", "Show one budget; without naming one, what the API key itself is held to.");
        foreach (var word in words)
        {
            word.Arity = ArgumentArity.ZeroOrOne;
            command.Add(word);
        }

        command.Add(key);
        options.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            string?[] given = [.. words.Select(word => parse.GetValue(word))];
            if (given.All(word => word is null))
                return await ShowOwnAsync(parse, options, parse.GetValue(key), ct);
            if (given.Any(word => word is null))
                throw new CommandException("A budget is named by tenant, scope and window, such as: acme team:blue monthly. To see all of a tenant: ./orchestra budget list acme", ExitCode.Usage);
            using var node = options.Connect(parse);
            using var response = await node.SendAsync(HttpMethod.Get, $"admin/budgets/{given[0]}/{Uri.EscapeDataString(given[1]!)}/{given[2]}", null, ct);
            using var budget = await NodeClient.ReadJsonAsync(response, MostBytes, ct);
            return await BudgetCalls.ShowAsync(parse, options, budget.RootElement, console => BudgetTable.WriteOne(budget.RootElement, console));
        });
        return command.WithExamples("./orchestra budget show acme team:blue monthly", "ORCHESTRA_API_KEY=sk-orch-… ./orchestra budget show");
    }

    private static async Task<int> ShowOwnAsync(ParseResult parse, AdminOptions options, string? key, CancellationToken ct)
    {
        var given = NodeOptions.RequireKey(key, "--key", NodeOptions.KeyVariable, "To see another budget, name its tenant, scope and window.");
        using var node = new NodeClient(options.Url(parse), given);
        using var response = await node.SendAsync(HttpMethod.Get, "v1/budget", null, ct);
        using var own = await NodeClient.ReadJsonAsync(response, MostBytes, ct);
        return await BudgetCalls.ShowAsync(parse, options, own.RootElement, console => OwnBudgetTable.Write(own.RootElement, console));
    }
}
