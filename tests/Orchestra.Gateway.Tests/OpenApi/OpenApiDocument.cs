using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.OpenApi;

/// <summary>The document as the gateway serves it, with its references followed.</summary>
internal sealed class OpenApiDocument(JsonNode root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public static async Task<OpenApiDocument> ReadAsync(RunningGateway gateway)
    {
        using var client = gateway.Client(key: null);
        return new OpenApiDocument(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!);
    }

    public JsonNode Root => root;

    /// <summary>Every operation with its method in capitals, its path, and the parameters of both.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation, IReadOnlyList<JsonNode> Parameters)> Operations =>
        from path in root["paths"]!.AsObject()
        from entry in path.Value!.AsObject()
        where Methods.Contains(entry.Key)
        select (entry.Key.ToUpperInvariant(), path.Key, entry.Value!.AsObject(), Parameters(path.Value!).Concat(Parameters(entry.Value!)).ToList() as IReadOnlyList<JsonNode>);

    /// <summary>Every reference, wherever it stands.</summary>
    public IEnumerable<string> References => All(root).Select(node => node["$ref"]?.GetValue<string>()).OfType<string>();

    /// <summary>What a reference leads to; null where it leads nowhere.</summary>
    public JsonNode? Find(string reference) => reference.StartsWith("#/", StringComparison.Ordinal)
        ? reference[2..].Split('/').Aggregate((JsonNode?)root, (node, name) => (node as JsonObject)?[name])
        : null;

    /// <summary>The node, or what it refers to.</summary>
    public JsonNode Follow(JsonNode node) => node["$ref"] is { } reference ? Follow(Find(reference.GetValue<string>())!) : node;

    /// <summary>The schema of an answer in JSON.</summary>
    public JsonNode SchemaOf(string method, string path, string status)
    {
        var operation = Operations.Single(operation => operation.Method == method && operation.Path == path).Operation;
        return Follow(operation["responses"]![status]!)["content"]!["application/json"]!["schema"]!;
    }

    /// <summary>Says where a value has a field that its schema does not list, or lacks one that it requires.</summary>
    public IEnumerable<string> Differences(JsonNode schemaOrReference, JsonNode? value, string at)
    {
        var schema = Follow(schemaOrReference);
        var parts = schema["allOf"]?.AsArray().Select(part => Follow(part!)).ToList() ?? [schema];
        if (schema["anyOf"]?.AsArray() is { } choices)
            return value is null ? [] : choices.Select(choice => Differences(choice!, value, at).ToList()).MinBy(found => found.Count)!;
        if (value is JsonArray items)
            return schema["items"] is { } item ? items.SelectMany((element, index) => Differences(item, element, $"{at}[{index}]")) : [$"{at} is a list"];
        if (value is not JsonObject fields || parts.Any(part => part["additionalProperties"] is { } more && more.ToJsonString() != "false"))
            return [];
        var known = parts.SelectMany(part => part["properties"]!.AsObject()).ToDictionary(field => field.Key, field => field.Value!);
        var required = parts.SelectMany(part => part["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>());
        return required.Where(name => !fields.ContainsKey(name)).Select(name => $"{at}.{name} is missing")
            .Concat(fields.SelectMany(field => known.TryGetValue(field.Key, out var of) ? Differences(of, field.Value, $"{at}.{field.Key}") : [$"{at}.{field.Key} is not known"]));
    }

    private static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => All(field.Value)).Prepend(fields),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };

    private IEnumerable<JsonNode> Parameters(JsonNode of) => of["parameters"]?.AsArray().Select(parameter => Follow(parameter!)) ?? [];
}
