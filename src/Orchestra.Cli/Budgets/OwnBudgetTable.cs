using System.Text.Json;
using Spectre.Console;

namespace Orchestra.Cli.Budgets;

/// <summary>Shows what an API key is held to.</summary>
internal static class OwnBudgetTable
{
    /// <summary>Shows its budgets and its rate limits.</summary>
    public static void Write(JsonElement own, IAnsiConsole console)
    {
        var budgets = BudgetTable.Budgets(own, "budgets");
        if (budgets.Count > 0)
            BudgetTable.WriteRows(budgets, console);
        else
            console.WriteLine("No budget limits what this key spends.");
        if (!own.TryGetProperty("rate_limits", out var levels) || levels.ValueKind != JsonValueKind.Array || levels.GetArrayLength() == 0)
            return;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("scope");
        foreach (var name in new[] { "requests/min", "tokens/min", "at once" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var level in levels.EnumerateArray().Where(level => level.ValueKind == JsonValueKind.Object))
        {
            table.AddRow(
                new Text(BudgetTable.Text(level, "scope")), Left(level, "requests_per_minute"), Left(level, "tokens_per_minute"), Left(level, "concurrent_requests"));
        }

        console.Write(table);
    }

    private static Text Left(JsonElement level, string name) => new(
        level.TryGetProperty(name, out var rate) && rate.ValueKind == JsonValueKind.Object && rate.TryGetProperty("remaining", out var remaining) &&
        rate.TryGetProperty("limit", out var limit) && remaining.ValueKind == JsonValueKind.Number && limit.ValueKind == JsonValueKind.Number
            ? $"{remaining.GetRawText()} of {limit.GetRawText()} left"
            : "no limit");
}
