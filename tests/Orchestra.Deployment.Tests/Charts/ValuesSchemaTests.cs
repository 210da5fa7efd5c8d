using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Orchestra.Deployment.Tests.Charts;

public sealed class ValuesSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(ChartFiles.Read("values.schema.json"));

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(ChartFiles.Folder, "ci")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_charts_own_values_are_good() => Errors(ChartFiles.ReadYaml("values.yaml")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void The_tested_values_are_good(string file) => Errors(ChartFiles.With(ChartFiles.ReadYaml($"ci/{file}"))).ShouldBeEmpty();

    /// <summary>Each bad value has a good twin that differs in nothing else, so that it is refused for the reason that is meant.</summary>
    [Theory]
    [InlineData("{mode: node, storage: {kind: sqlite}, node: {replicas: 2}}", "{mode: node, storage: {kind: sqlite}, node: {replicas: 1}}")]
    [InlineData("{mode: node, storage: {kind: sqlite}, node: {replicas: 2}}", "{mode: node, storage: {kind: postgres}, node: {replicas: 2}}")]
    [InlineData("{mode: cluster, storage: {kind: sqlite}}", "{mode: cluster, storage: {kind: postgres}}")]
    [InlineData("{mode: swarm}", "{mode: node}")]
    [InlineData("{experts: []}", "{experts: [{name: calculator, kind: calculator}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {inputPerMillion: 1}}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: -1}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 1}}]}")]
    [InlineData("{experts: [{name: a, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: a, model: m, replicas: 1, price: {perCall: 0}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 0, price: {perCall: 0}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, prize: {perCall: 0}, price: {perCall: 0}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: 'A B', kind: search}]}", "{experts: [{name: a-b, kind: search}]}")]
    [InlineData("{experts: [{name: a, kind: search, gpu: {type: L4, count: 1, memoryMb: 1}}]}", "{experts: [{name: a, kind: search}]}")]
    [InlineData("{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}, gpu: {type: L4, count: 1, memoryMb: 1}}]}", "{experts: [{name: a, model: m, endpoint: 'https://e', replicas: 1, price: {perCall: 0}}]}")]
    [InlineData("{experts: [{name: a, model: m, replicas: 1, price: {perCall: 0}, volume: {claim: c}, server: {image: 'v:latest', path: /m}}]}", "{experts: [{name: a, model: m, replicas: 1, price: {perCall: 0}, volume: {claim: c}, server: {image: 'v:1.0', path: /m}}]}")]
    [InlineData("{experts: [{name: a, model: m, replicas: 1, price: {perCall: 0}, server: {image: 'v:1.0', path: /m}}]}", "{experts: [{name: a, model: m, replicas: 1, price: {perCall: 0}, volume: {claim: c}, server: {image: 'v:1.0', path: /m}}]}")]
    [InlineData("{experts: [{name: a, kind: search, settings: {Replicas: 3}}]}", "{experts: [{name: a, kind: search, settings: {Folder: /docs}}]}")]
    [InlineData("{experts: [{name: a, kind: search, replicas: 1}]}", "{experts: [{name: a, kind: search}]}")]
    [InlineData("{networkPolicy: {enabled: false}}", "{networkPolicy: {enabled: false}, tls: {secretName: silos}}")]
    [InlineData("{gateway: {replicas: 0}}", "{gateway: {replicas: 1}}")]
    [InlineData("{gateway: {memoryLimit: lots}}", "{gateway: {memoryLimit: 2Gi}}")]
    [InlineData("{gatewey: {replicas: 1}}", "{gateway: {replicas: 1}}")]
    [InlineData("{image: {tag: latest}}", "{image: {tag: 1.2.3}}")]
    [InlineData("{scaling: {by: keda}}", "{scaling: {by: keda, prometheus: 'http://p:9090'}}")]
    [InlineData("{shutdown: {timeoutSeconds: 140}}", "{shutdown: {timeoutSeconds: 140, gracePeriodSeconds: 210}}")]
    [InlineData("{settings: {Storage: {ConnectionString: x}}}", "{settings: {Conductor: {Threshold: 5}}}")]
    [InlineData("{settings: {Gateway: {ShutdownTimeout: '00:01:00'}}}", "{settings: {Gateway: {MaxConnections: 9}}}")]
    [InlineData("{tls: {secretName: 'Not A Name'}}", "{tls: {secretName: a-name}}")]
    [InlineData("{admin: {key: plain-text-key}}", "{admin: {secretName: elsewhere}}")]
    public void Bad_values_are_refused_and_their_good_twins_are_not(string bad, string good)
    {
        Errors(ChartFiles.With(ChartFiles.Parse(good))).ShouldBeEmpty();
        Errors(ChartFiles.With(ChartFiles.Parse(bad))).ShouldNotBeEmpty();
    }

    [Fact]
    public void No_object_takes_unknown_values_unless_it_holds_what_others_define()
    {
        var open = new List<string>();
        Walk(JsonNode.Parse(ChartFiles.Read("values.schema.json"))!.AsObject(), "#");

        open.ShouldBe(["#/global", "#/experts[]/settings", "#/settings/Conductor", "#/settings/Budgets", "#/settings/Trajectories", "#/settings/Learning", "#/settings/Gateway", "#/networkPolicy/httpFrom[]", "#/networkPolicy/egress[]"], ignoreOrder: true);

        void Walk(JsonObject schema, string path)
        {
            if (schema["type"]?.GetValue<string>() == "object" && schema["additionalProperties"] is null)
                open.Add(path);
            foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
                Walk(property!.AsObject(), $"{path}/{name}");
            if (schema["items"] is JsonObject items)
                Walk(items, path + "[]");
        }
    }

    private static List<string> Errors(JsonObject values)
    {
        var result = Schema.Evaluate(JsonSerializer.SerializeToElement(values), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : [.. (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("invalid")];
    }
}
