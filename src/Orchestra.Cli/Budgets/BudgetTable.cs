using System.Globalization;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets;
using Spectre.Console;

namespace Orchestra.Cli.Budgets;

/// <summary>Shows budgets to a person.</summary>
internal static class BudgetTable
{
    private const int BarWidth = 16;
    private const double Near = 0.8;

    /// <summary>Shows a page of a tenant's budgets, what its account holds in all, and how to see the next page.</summary>
    public static void WriteList(JsonElement page, IAnsiConsole console)
    {
        WriteRows(Budgets(page, "data"), console);
        console.WriteLine($"{Text(page, "tenant")} has spent ${Text(page, "spent_usd")} in all and holds ${Text(page, "reserved_usd")} for calls under way; calendar: {Text(page, "time_zone")}.");
        if (Text(page, "next") is { Length: > 0 } next)
            console.WriteLine($"There are more: --after {next}");
    }

    /// <summary>Shows one budget.</summary>
    public static void WriteOne(JsonElement one, IAnsiConsole console)
    {
        var budget = Read(one);
        WriteRows([budget], console);
        foreach (var extra in budget.Extras)
            console.WriteLine($"${extra.AmountUsd} of it is extra {(extra.Until is { } until ? $"until {Moment(until)}" : "for good")}.");
        console.WriteLine($"Warnings at: {Lines(budget.WarnAt)}. Version {budget.Version.ToString(CultureInfo.InvariantCulture)}.");
    }

    /// <summary>Shows budgets as the rows of a table.</summary>
    public static void WriteRows(IReadOnlyList<BudgetSummary> budgets, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("scope").AddColumn("window");
        foreach (var name in new[] { "limit", "spent", "held", "left" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("used").NoWrap()).AddColumn(new TableColumn("window ends").NoWrap());
        foreach (var budget in budgets)
        {
            table.AddRow(
                new Text(Terminal.Clean(budget.Scope)), new Text(Terminal.Clean(budget.Window)),
                new Text(budget.ExtraUsd.IsZero ? $"${budget.LimitUsd}" : $"${budget.LimitUsd} + {budget.ExtraUsd}"), new Text($"${budget.SpentUsd}"), new Text($"${budget.ReservedUsd}"),
                new Text(budget.AvailableUsd < Money.Zero ? $"-${budget.AvailableUsd.ToString()[1..]}" : $"${budget.AvailableUsd}"), Bar(UsedOf(budget)),
                new Text(budget.EndsAt is { } end ? Moment(end) : "never"));
        }

        console.Write(table);
    }

    /// <summary>The budgets of a list.</summary>
    public static IReadOnlyList<BudgetSummary> Budgets(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Read)]
            : throw Unknown(null);

    /// <summary>A text of an answer, safe to show; empty where there is none.</summary>
    public static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Terminal.Clean(value.GetString()!) : string.Empty;

    private static BudgetSummary Read(JsonElement one)
    {
        try
        {
            return one.Deserialize(BudgetJson.Default.BudgetSummary) is { Scope: not null, Window: not null, Extras: not null } budget ? budget : throw Unknown(null);
        }
        catch (JsonException error)
        {
            throw Unknown(error);
        }
    }

    private static CommandException Unknown(Exception? inner) => new("What the node sent is no budget. Is it of the same version as this command?", inner: inner);

    private static double UsedOf(BudgetSummary budget)
    {
        var limit = (double)budget.LimitUsd.Nanos + budget.ExtraUsd.Nanos;
        return limit <= 0 ? 1 : Math.Max(0, ((double)budget.SpentUsd.Nanos + budget.ReservedUsd.Nanos) / limit);
    }

    private static Text Bar(double used)
    {
        var full = (int)Math.Clamp(Math.Round(used * BarWidth), used > 0 ? 1 : 0, BarWidth);
        var text = $"{new string('█', full)}{new string('░', BarWidth - full)} {Math.Min(used, 99.99).ToString("0%", CultureInfo.InvariantCulture),5}";
        return new Text(text, new Style(used >= 1 ? Color.Red : used >= Near ? Color.Yellow : Color.Green));
    }

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Lines(IReadOnlyList<int>? lines) =>
        lines is null ? "the lines of the node's configuration" : lines.Count == 0 ? "none" : string.Join(", ", lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line}%")));
}
