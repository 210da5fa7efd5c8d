namespace Orchestra.Core.Tests.Chat;

/// <summary>A valid request made at random, known by its parts.</summary>
/// <param name="Json">The request.</param>
/// <param name="Fields">Its fields, names and values as they stand in the JSON.</param>
/// <param name="Messages">The messages as they stand in it.</param>
internal sealed record RequestSample(string Json, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyList<string> Messages)
{
    private static readonly string[] Strings = ["", "hello", "añ😀", "\\n\\t\\\"", "\\u00e9\\ud83d\\ude00", "\\\\", "]}{[", "\\/", "model", " \u2028 "];
    private static readonly string[] Numbers = ["0", "-0", "1.50", "1e400", "-12345678901234567890.000", "1E-7", "9007199254740993"];
    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\t", " \r\n "];
    private static readonly string[] Roles = ["user", "assistant", "system", "developer", "us\\u0065r"];
    private static readonly string[] OtherNames = ["temperature", "top_p", "user", "metadata", "logit_bias", "seed", "x-unknown", "añ", "with \\\"quotes\\\"", "", "se\\u0065d2"];

    public string this[string name] => Fields.FirstOrDefault(field => field.Name == name).Value ?? string.Empty;

    public static RequestSample Make(Random random)
    {
        var messages = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Message(random)).ToList();
        var fields = new List<(string Name, string Value)>
        {
            ("model", $"\"{Pick(random, ["orchestra", "gpt-4", "mod\\u0065l"])}\""),
            ("messages", $"[{Space(random)}{string.Join($"{Space(random)},{Space(random)}", messages)}{Space(random)}]"),
        };
        Maybe(random, fields, "stream", () => Pick(random, ["true", "false", "null"]));
        Maybe(random, fields, "stream_options", () => Pick(random, ["null", "{}", "{\"include_usage\":true}", "{ \"a\" : [1] , \"include_usage\":false,\"b\":\"\\ud83d\\ude00\"}"]));
        Maybe(random, fields, "max_tokens", () => Pick(random, ["null", "1", "100", "2147483647"]));
        Maybe(random, fields, "max_completion_tokens", () => Pick(random, ["null", "1", "100", "2147483647"]));
        Maybe(random, fields, "n", () => Pick(random, ["null", "1", "2"]));
        Maybe(random, fields, "tools", () => Pick(random, ["null", "[]", "[ ]", "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"]));
        Maybe(random, fields, "response_format", () => Pick(random, ["null", "{}", "{\"type\":\"json_object\"}", "{\"type\":\"text\"}"]));
        foreach (var name in OtherNames)
            Maybe(random, fields, name, () => Value(random, 3));
        var order = fields.ToArray();
        random.Shuffle(order);
        var json = string.Join(',', order.Select(field => $"{Space(random)}\"{field.Name}\"{Space(random)}:{Space(random)}{field.Value}{Space(random)}"));
        return new RequestSample($"{Space(random)}{{{json}}}{Space(random)}", order, messages);
    }

    private static string Message(Random random)
    {
        var role = Pick(random, Roles);
        var content = random.Next(3) == 0
            ? $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => $$"""{"type":"text",{{Space(random)}}"text":{{Text(random)}}}"""))}]"
            : Text(random);
        var other = random.Next(3) == 0 ? $",\"name\":{Text(random)}" : string.Empty;
        return random.Next(2) == 0
            ? $$"""{"role":{{Space(random)}}"{{role}}","content":{{content}}{{other}}}"""
            : $$"""{{{Space(random)}}"content":{{content}}{{other}},"role":"{{role}}"}""";
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 4) switch
    {
        0 => Text(random),
        1 => Pick(random, Numbers),
        2 => Pick(random, ["true", "false", "null"]),
        3 => "\"\"",
        4 => $"[{Space(random)}{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => $"{Space(random)}\"k{i}\":{Value(random, depth - 1)}"))}}}",
    };

    private static void Maybe(Random random, List<(string Name, string Value)> fields, string name, Func<string> value)
    {
        if (random.Next(2) == 0)
            fields.Add((name, value()));
    }

    private static string Text(Random random) => $"\"{Pick(random, Strings)}{Pick(random, Strings)}\"";

    private static string Space(Random random) => Pick(random, Spaces);

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
