using System.Globalization;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Spectre.Console;

namespace Orchestra.Cli.Trajectories;

/// <summary>Shows a trajectory's JSON to a person.</summary>
internal static class TrajectoryTable
{
    private const int MaxQuery = 400;

    public static void Write(JsonElement trajectory, IAnsiConsole console)
    {
        if (trajectory.ValueKind != JsonValueKind.Object)
            throw new CommandException("What the node sent is not a trajectory.");
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Fact(facts, "trajectory", Text(trajectory, "id"));
        Fact(facts, "outcome", Text(trajectory, "outcome"));
        Fact(facts, "asked", Cut(Text(trajectory, "query")));
        Fact(facts, "model", Text(trajectory, "model"));
        Fact(facts, "conductor", Text(trajectory, "conductor"));
        Fact(facts, "shadow", Shadow(trajectory));
        Fact(facts, "tenant", Text(trajectory, "tenant_id"));
        Fact(facts, "started", Text(trajectory, "started_at"));
        Fact(facts, "took", Milliseconds(trajectory, "duration_ms"));
        Fact(facts, "cost", Dollars(trajectory));
        console.Write(facts);

        console.Write(Moves([.. Steps(trajectory)]));
    }

    private static Table Moves(IReadOnlyList<JsonElement> steps)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in new[] { "turn", "move", "target", "reason", "verdict" })
            table.AddColumn(name);
        foreach (var name in new[] { "tokens in/out", "cost", "latency" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        var isDrawn = steps.Any(step => Odds(step).Length > 0);
        if (isDrawn)
            table.AddColumn("policy, probability");
        foreach (var step in steps)
        {
            string[] cells = isDrawn ? [.. Row(step), Odds(step)] : Row(step);
            table.AddRow(cells.Select(cell => new Text(Terminal.Clean(cell))).ToArray());
        }

        return table;
    }

    private static IEnumerable<JsonElement> Steps(JsonElement trajectory) =>
        trajectory.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Array
            ? steps.EnumerateArray().Where(step => step.ValueKind == JsonValueKind.Object)
            : [];

    private static string[] Row(JsonElement step) =>
    [
        Text(step, "turn"), Text(step, "move"), Text(step, "target"), Text(step, "reason"), Verdict(step), Tokens(step), Dollars(step), Milliseconds(step, "latency_ms"),
    ];

    private static string Verdict(JsonElement step)
    {
        if (Text(step, "error") is { Length: > 0 } error)
            return $"failed: {error}";
        if (!step.TryGetProperty("verdict", out var verdict) || verdict.ValueKind != JsonValueKind.Object)
            return "";
        var accepted = verdict.TryGetProperty("accepted", out var value) && value.ValueKind == JsonValueKind.True;
        return $"{(accepted ? "accepted" : "rejected")} by {Text(verdict, "verifier")}: {Text(verdict, "reason")}";
    }

    private static string Shadow(JsonElement trajectory)
    {
        if (!trajectory.TryGetProperty("shadow_decision", out var shadow) || shadow.ValueKind != JsonValueKind.Object)
            return "";
        var agrees = shadow.TryGetProperty("agrees", out var value) && value.ValueKind == JsonValueKind.True;
        return $"{Text(shadow, "policy")} would have begun with {Text(shadow, "moves")}, {(agrees ? "as was done" : "otherwise than was done")}";
    }

    private static string Odds(JsonElement step)
    {
        if (!step.TryGetProperty("odds", out var odds) || odds.ValueKind != JsonValueKind.Object)
            return "";
        var probability = odds.TryGetProperty("probability", out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("0.000", CultureInfo.InvariantCulture)
            : "?";
        return $"{Text(odds, "policy")}, {probability}";
    }

    private static string Tokens(JsonElement step)
    {
        if (!step.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return "";
        var estimated = usage.TryGetProperty("estimated", out var value) && value.ValueKind == JsonValueKind.True;
        return $"{(estimated ? "~" : "")}{Text(usage, "input")} / {Text(usage, "output")}";
    }

    private static void Fact(Grid grid, string name, string value)
    {
        if (value.Length > 0)
            grid.AddRow(new Text(name), new Text(Terminal.Clean(value)));
    }

    private static string Dollars(JsonElement parent) => Text(parent, "cost") is { Length: > 0 } cost ? $"${cost}" : "";

    private static string Milliseconds(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().ToString("0.0 ms", CultureInfo.InvariantCulture)
            : "";

    private static string Text(JsonElement parent, string name) => !parent.TryGetProperty(name, out var value)
        ? ""
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };

    private static string Cut(string text) => text.Length <= MaxQuery ? text : string.Concat(text.AsSpan(0, MaxQuery), "…");
}
