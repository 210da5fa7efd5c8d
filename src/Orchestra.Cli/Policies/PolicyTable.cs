using System.Globalization;
using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Spectre.Console;

namespace Orchestra.Cli.Policies;

/// <summary>Shows policies and their rollout to a person.</summary>
internal static class PolicyTable
{
    public static void WriteList(JsonElement list, IAnsiConsole console)
    {
        var table = Table("policy", "added", "bytes", "experts");
        foreach (var policy in Items(list, "data"))
            Row(table, Text(policy, "id"), Text(policy, "added_at"), Text(policy, "bytes"), Experts(policy));
        console.Write(table);
    }

    public static void WritePolicy(JsonElement policy, IAnsiConsole console) =>
        console.Write(new Text($"Added {Terminal.Clean(Text(policy, "id"))}, {Terminal.Clean(Text(policy, "bytes"))} bytes.\n"));

    public static void WriteRollout(JsonElement rollout, IAnsiConsole console)
    {
        var candidate = Text(rollout, "candidate");
        var stage = Text(rollout, "stage");
        var facts = new Grid().AddColumn().AddColumn();
        Fact("serves", Or(Text(rollout, "active"), "no promoted policy"));
        Fact("on its way", candidate.Length == 0 ? "none" : stage == "canary" ? $"{candidate}, canary for {Share(rollout)} of the conversations" : $"{candidate}, {stage}");
        Fact("since", Text(rollout, "since"));
        console.Write(facts);
        // A rollout that nobody follows looks like one that works.
        if (Text(rollout, "conductor") is { Length: > 0 } and not "learned" and var kind)
            console.Write(new Text($"This node's conductor is '{Terminal.Clean(kind)}', which follows no rollout: set Orchestra:Conductor:Kind to learned.\n"));
        var sides = Table("queries of", "number", "rejected", "with feedback", "mean cost", "mean time");
        foreach (var (name, field) in new[] { ("what serves", "active_queries"), ("the canary", "canary_queries") })
        {
            if (rollout.TryGetProperty(field, out var arm))
                Row(sides, name, Text(arm, "queries"), Number(arm, "rejection_share", "0.0%"), Heard(arm), "$" + Number(arm, "mean_usd", "0.########"), Number(arm, "mean_seconds", "0.000 s"));
        }

        console.Write(sides);
        if (Text(rollout, "shadow_decisions") is { Length: > 0 } and not "0" and var decisions)
            console.Write(new Text($"The shadow agreed on {Terminal.Clean(Text(rollout, "shadow_agreements"))} of {Terminal.Clean(decisions)} queries{Agreement(rollout)}.\n"));
        var log = Table("version", "at", "change", "who", "serves", "on its way", "reason");
        foreach (var change in Items(rollout, "log"))
            Row(log, [.. new[] { "version", "at", "action", "who", "active", "candidate", "reason" }.Select(name => Text(change, name))]);
        console.Write(log);

        void Fact(string name, string value) => facts.AddRow(new Text(name), new Text(Terminal.Clean(value)));
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(column);
        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(Terminal.Clean(cell))));

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static string Experts(JsonElement policy) =>
        policy.TryGetProperty("card", out var card) && card.ValueKind == JsonValueKind.Object && card.TryGetProperty("experts", out var experts) && experts.ValueKind == JsonValueKind.Array
            ? string.Join(", ", experts.EnumerateArray().Select(expert => expert.ToString()))
            : string.Empty;

    /// <summary>The share of rejected queries among those that clients have had their time to speak of.</summary>
    private static string Heard(JsonElement arm) => Text(arm, "heard") is { Length: > 0 } and not "0" and var heard ? $"{Number(arm, "heard_rejection_share", "0.0%")} of {heard}" : string.Empty;

    private static string Agreement(JsonElement rollout) =>
        rollout.TryGetProperty("shadow_agreements", out var agreements) && agreements.TryGetDouble(out var agreed) && rollout.TryGetProperty("shadow_decisions", out var decisions) && decisions.TryGetDouble(out var all) && all > 0
            ? string.Create(CultureInfo.InvariantCulture, $" ({agreed / all:0.0%})")
            : string.Empty;

    private static string Share(JsonElement rollout) => Number(rollout, "share", "0.####%");

    private static string Number(JsonElement parent, string name, string format) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString(format, CultureInfo.InvariantCulture) : string.Empty;

    private static string Or(string text, string other) => text.Length > 0 ? text : other;

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : string.Empty;
}
