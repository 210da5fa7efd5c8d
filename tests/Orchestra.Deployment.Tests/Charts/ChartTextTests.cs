using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestra.Deployment.Tests.Charts;

public sealed partial class ChartTextTests
{
    [Fact]
    public void Every_value_that_a_template_reads_exists_and_every_value_is_read()
    {
        var leaves = ChartFiles.Leaves(ChartFiles.ReadYaml("values.yaml")).ToList();
        var read = ChartFiles.Templates.SelectMany(file => ValuePath().Matches(File.ReadAllText(file)).Select(match => match.Groups["path"].Value)).Distinct().ToList();

        read.ShouldAllBe(path => leaves.Contains(path));
        leaves.ShouldAllBe(path => read.Contains(path));
    }

    [Fact]
    public void Every_value_of_an_expert_that_a_template_reads_is_one_that_the_schema_takes()
    {
        var expert = Schema("experts")["items"]!["properties"]!.AsObject();
        var text = string.Concat(ChartFiles.Templates.Select(File.ReadAllText));

        ExpertPath().Matches(text).Select(match => match.Groups["name"].Value).Distinct().ShouldBeSubsetOf(expert.Select(property => property.Key));
        expert.Select(property => property.Key).ShouldAllBe(name => Regex.IsMatch(text, $@"\.{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void The_README_has_every_value_once()
    {
        var leaves = ChartFiles.Leaves(ChartFiles.ReadYaml("values.yaml"));
        var expert = Schema("experts")["items"]!["properties"]!.AsObject().SelectMany(property =>
            property.Value!["properties"] is JsonObject inner && property.Key != "price" ? inner.Select(part => $"{property.Key}.{part.Key}") : [property.Key]);
        var rows = ChartFiles.Read("README.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Code().Matches(line.Split('|')[1]).Select(match => match.Groups["code"].Value));

        rows.ShouldBe(leaves.Concat(expert), ignoreOrder: true);
    }

    [Fact]
    public void The_README_shows_the_defaults()
    {
        var values = ChartFiles.ReadYaml("values.yaml");
        foreach (var cells in ChartFiles.Read("README.md").Split("## `experts[]`")[0].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')))
        {
            var path = cells[1].Trim(' ', '`');
            if (!cells[2].Trim().StartsWith('`'))
                continue;
            var value = path.Split('.').Aggregate((JsonNode?)values, (node, part) => node![part]);
            cells[2].Trim(' ', '`').ShouldBe(value!.ToString(), path);
        }
    }

    [Fact]
    public void Every_value_has_a_place_in_the_schema()
    {
        foreach (var path in ChartFiles.Leaves(ChartFiles.ReadYaml("values.yaml")))
            Schema(path.Split('.')).ShouldNotBeNull(path);
    }

    [Fact]
    public void Blocks_and_braces_are_balanced()
    {
        foreach (var file in ChartFiles.Templates)
        {
            var text = File.ReadAllText(file);
            var actions = Action().Matches(text).Select(match => match.Groups["words"].Value.Split(' ')[0]).ToList();
            actions.Count(word => word is "if" or "range" or "with" or "define").ShouldBe(actions.Count(word => word == "end"), file);
            Regex.Count(text, @"\{\{", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(actions.Count, file);
            Regex.Count(text, @"\}\}", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeGreaterThanOrEqualTo(actions.Count, file);
        }
    }

    [Fact]
    public void Every_part_that_is_included_is_defined_and_used()
    {
        var text = string.Concat(ChartFiles.Templates.Select(File.ReadAllText));
        var defined = Named("define").ToList();

        defined.ShouldBeUnique();
        Named("include").Distinct().ShouldBe(defined, ignoreOrder: true);

        IEnumerable<string> Named(string keyword) => Regex.Matches(text, $"{keyword} \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value);
    }

    [Fact]
    public void All_versions_are_the_products()
    {
        var version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;
        var chart = ChartFiles.ReadYaml("Chart.yaml");
        var manifests = Directory.GetFiles(Repository.File("k8s"), "*.yaml", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => line.Contains("image: orchestra/", StringComparison.Ordinal)).ToList();

        chart["version"]!.ToString().ShouldBe(version);
        chart["appVersion"]!.ToString().ShouldBe(version);
        manifests.ShouldNotBeEmpty();
        manifests.ShouldAllBe(line => line.EndsWith($":{version}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("startupProbe:", "lifecycle:")]
    [InlineData("allowPrivilegeEscalation:", "drop:")]
    [InlineData("runAsNonRoot:", "type:")]
    [InlineData("- name: http", "containerPort: 30000")]
    public void The_chart_and_the_overlays_say_the_same(string first, string last)
    {
        var chart = Blocks(ChartFiles.Templates, first, last);
        var overlays = Blocks(Directory.GetFiles(Repository.File("k8s"), "*.yaml", SearchOption.AllDirectories), first, last);

        overlays.ShouldHaveSingleItem();
        chart.ShouldBe(overlays, ignoreOrder: true);
    }

    /// <summary>The different texts of a block of a silo, indents left out; a model server has probes of its own.</summary>
    private static List<string> Blocks(IEnumerable<string> files, string first, string last) =>
        [.. files.SelectMany(file => Regex.Matches(File.ReadAllText(file), $@"{Regex.Escape(first)}(.|\n)*?{Regex.Escape(last)}[^\n]*", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(match => string.Join('\n', match.Value.Split('\n').Select(line => line.Trim()))).Where(block => !block.Contains("exec:", StringComparison.Ordinal) && !block.Contains("targetPort", StringComparison.Ordinal)).Distinct()];

    private static JsonObject Schema(params string[] path) =>
        path.Aggregate(JsonNode.Parse(ChartFiles.Read("values.schema.json"))!.AsObject(), (schema, part) => schema["properties"]![part]!.AsObject());

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z]+(\.[A-Za-z]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValuePath();

    [GeneratedRegex(@"\$expert\.(?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExpertPath();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\{-?\s*(?<words>(/\*|[^}])(.|\n)*?)-?\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();
}
