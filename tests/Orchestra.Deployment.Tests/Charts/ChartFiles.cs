using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Orchestra.Deployment.Tests.Charts;

/// <summary>The chart's files.</summary>
internal static class ChartFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    public static string Folder { get; } = Repository.File("helm/orchestra");

    public static IEnumerable<string> Templates => Directory.GetFiles(Path.Combine(Folder, "templates")).Order(StringComparer.Ordinal);

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static JsonObject ReadYaml(string name) => Parse(Read(name));

    public static JsonObject Parse(string yaml) => JsonSerializer.SerializeToNode(Yaml.Deserialize<object>(yaml))!.AsObject();

    /// <summary>The chart's own values with others over them, as Helm merges them.</summary>
    public static JsonObject With(JsonObject others)
    {
        var values = ReadYaml("values.yaml");
        Merge(values, others);
        return values;
    }

    /// <summary>The paths of all values that are no objects, or empty ones.</summary>
    public static IEnumerable<string> Leaves(JsonObject values, string prefix = "") => values.SelectMany(value =>
        value.Value is JsonObject { Count: > 0 } inner ? Leaves(inner, $"{prefix}{value.Key}.") : [prefix + value.Key]);

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            if (value is JsonObject inner && into[key] is JsonObject target)
                Merge(target, inner);
            else
                into[key] = value?.DeepClone();
        }
    }
}
