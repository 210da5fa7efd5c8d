using System.Text.RegularExpressions;
using Orchestra.Deployment.Tests.Charts;
using Orchestra.Deployment.Tests.Kubernetes;

namespace Orchestra.Deployment.Tests;

/// <summary>Holds docs/operations.md against what is deployed: its names, files and the syntax of its commands.</summary>
public sealed partial class OperationsDocumentTests
{
    private static readonly string Text = File.ReadAllText(Repository.File("docs/operations.md"));

    private static IEnumerable<string> Commands => Blocks("bash").SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')).Where(line => line.Trim().Length > 0);

    [SkippableFact]
    public async Task The_objects_that_commands_name_are_those_of_the_overlay()
    {
        var manifests = await ManifestSource.RenderAsync("overlay gpu");
        var named = Commands.SelectMany(command => ObjectName().Matches(command)).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var known = manifests.Deployments.Select(deployment => deployment.Metadata.Name).Append("orchestra").ToList();

        named.Count.ShouldBeGreaterThan(2);
        named.ShouldBeSubsetOf(known);
        foreach (var match in Commands.Where(command => command.StartsWith("kubectl", StringComparison.Ordinal)).SelectMany(command => Label().Matches(command)))
            manifests.SelectedBy(new Dictionary<string, string> { [match.Groups["label"].Value] = match.Groups["value"].Value }).ShouldNotBeEmpty(match.Value);
    }

    [SkippableFact]
    public async Task Every_secret_that_a_silo_needs_is_made()
    {
        var manifests = await ManifestSource.RenderAsync("overlay gpu with mtls");
        var needed = manifests.Containers.SelectMany(item => item.Container.Env ?? []).Where(variable => variable.ValueFrom?.SecretKeyRef is not null)
            .Select(variable => (variable.ValueFrom.SecretKeyRef.Name, variable.ValueFrom.SecretKeyRef.Key)).Distinct();
        foreach (var (name, key) in needed)
            Commands.ShouldContain(command => command.Contains($"create secret generic {name} ", StringComparison.Ordinal) && command.Contains($"--from-literal={key}=", StringComparison.Ordinal));
        var mounted = manifests.Deployments.SelectMany(deployment => deployment.Spec.Template.Spec.Volumes).Where(volume => volume.Secret is not null).Select(volume => volume.Secret.SecretName).Distinct();
        mounted.ShouldAllBe(name => Commands.Any(command => command.Contains($"create secret generic {name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_files_that_it_names_are_there()
    {
        var paths = Path().Matches(Text).Select(match => match.Groups["path"].Value).Distinct().ToList();

        paths.Count.ShouldBeGreaterThan(5);
        paths.ShouldAllBe(path => System.IO.Path.Exists(Repository.File(path)));
    }

    [Fact]
    public void Its_YAML_is_YAML()
    {
        Blocks("yaml").ShouldNotBeEmpty();
        foreach (var block in Blocks("yaml"))
            ChartFiles.Parse(block).Count.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task Its_commands_are_ones_that_a_shell_takes()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("commands.sh", string.Join('\n', Blocks("bash")));
        var (code, _, errors) = await ExternalTool.RunAsync("bash", "-n", script);

        code.ShouldBe(0, errors);
        Commands.Select(command => command.Split(' ')[0]).Where(word => !word.StartsWith("ORCHESTRA_", StringComparison.Ordinal)).Distinct()
            .ShouldBeSubsetOf(["kubectl", "docker", "helm", "curl", "pg_dump", "pg_restore"]);
    }

    private static IEnumerable<string> Blocks(string language) => Regex.Matches(Text, $"^```{language}\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["body"].Value);

    [GeneratedRegex("(deployment/|hpa |service/)(?<name>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ObjectName();

    [GeneratedRegex("--selector (?<label>[a-z0-9./-]+)=(?<value>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("(?<![./a-z-])(?<path>(k8s|helm)/[A-Za-z0-9./-]+[A-Za-z0-9/]|Dockerfile\\.[a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();
}
