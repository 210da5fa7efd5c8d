using System.Text.Json;
using Orchestra.Cli.CommandLine;
using Spectre.Console;

namespace Orchestra.Cli.Tenants;

/// <summary>Shows what the admin API says of tenants, teams, users and keys to a person.</summary>
internal static class PrincipalTable
{
    /// <summary>Shows a page of a list, and how to see the next one.</summary>
    public static void WriteList(JsonElement page, IAnsiConsole console)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            throw new CommandException("What the node sent is not a list.");
        var rows = data.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object).ToList();
        var isKeys = rows.Exists(row => row.TryGetProperty("metadata", out _));
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in isKeys ? new[] { "id", "name", "belongs to", "state", "expires", "experts", "limits" } : ["id", "name", "state", "limits", "created"])
            table.AddColumn(name);
        foreach (var row in rows)
        {
            string[] cells = isKeys
                ? [Text(row, "id"), Text(row, "name"), Owners(row), State(row), Or(Text(row, "expires_at"), "never"), Or(Text(row, "allowed_experts"), "all"), Limits(row)]
                : [Path(row), Text(row, "name"), State(row), Limits(row), Text(row, "created_at")];
            table.AddRow(cells.Select(cell => new Text(Terminal.Clean(cell))));
        }

        console.Write(table);
        if (Text(page, "next") is { Length: > 0 } next)
            console.WriteLine($"There are more: --after {Terminal.Clean(next)}");
    }

    /// <summary>Shows one, and first of all its key where it was made just now.</summary>
    public static void WriteOne(JsonElement one, IAnsiConsole console, TextWriter output)
    {
        if (one.ValueKind != JsonValueKind.Object)
            throw new CommandException("What the node sent is not what was asked for.");
        // Not through the console, which would break it into lines.
        if (Text(one, "key") is { Length: > 0 } key)
            output.WriteLine($"Key (shown once): {Terminal.Clean(key)}");
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var field in one.EnumerateObject().Where(field => field.Name is not ("key" or "limits")))
        {
            if (Text(one, field.Name) is { Length: > 0 } value)
                facts.AddRow(new Text(Terminal.Clean(field.Name.Replace('_', ' '))), new Text(Terminal.Clean(value)));
        }

        facts.AddRow(new Text("limits"), new Text(Limits(one)));
        console.Write(facts);
    }

    private static string Path(JsonElement row) => Text(row, "tenant") is { Length: > 0 } tenant ? $"{tenant}/{Text(row, "id")}" : Text(row, "id");

    private static string Owners(JsonElement row) =>
        string.Join(", ", new[] { "tenant", "team", "user" }.Where(level => Text(row, level).Length > 0).Select(level => $"{level} {Text(row, level)}"));

    private static string State(JsonElement row) => Text(row, "deleted_at").Length > 0 ? "deleted" : Text(row, "disabled") == "true" ? "disabled" : "active";

    private static string Limits(JsonElement row)
    {
        if (!row.TryGetProperty("limits", out var limits) || limits.ValueKind != JsonValueKind.Object)
            return "none";
        var parts = new[] { ("requests_per_minute", "requests/min"), ("tokens_per_minute", "tokens/min"), ("concurrent_requests", "at once") }
            .Where(limit => Text(limits, limit.Item1).Length > 0).Select(limit => $"{Text(limits, limit.Item1)} {limit.Item2}");
        return Or(string.Join(", ", parts), "none");
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(pair => $"{pair.Name}={Text(pair.Value)}")),
        _ => value.GetRawText(),
    };
}
