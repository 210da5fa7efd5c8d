using System.Collections.Concurrent;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>Everything that renders to manifests: the overlays, one with the component that no overlay has, and the chart with several values.</summary>
internal static class ManifestSource
{
    private static readonly ConcurrentDictionary<string, Task<Manifests>> Rendered = new();

    public static TheoryData<string> All =>
        ["overlay cpu-only", "overlay gpu", "overlay gpu with mtls", .. ExternalTool.IsThere("helm") ? Charts : []];

    private static string[] Charts => ["chart values.yaml", "chart ci/gpu-values.yaml", "chart ci/full-values.yaml"];

    /// <summary>The manifests; skips the test where the program that renders them is absent.</summary>
    public static Task<Manifests> RenderAsync(string source) => Rendered.GetOrAdd(source, name => name.Split(' ') switch
    {
        ["overlay", var overlay] => KustomizeAsync(Repository.File($"k8s/overlays/{overlay}")),
        ["overlay", var overlay, "with", var component] => WithComponentAsync(overlay, component),
        ["chart", var values] => HelmAsync(values),
        _ => throw new ArgumentException($"'{name}' is no source of manifests.", nameof(source)),
    });

    /// <summary>What <c>helm template</c> says of the chart with a values file and further settings.</summary>
    public static Task<(int Code, string Output, string Errors)> TemplateAsync(string values, params string[] settings)
    {
        var chart = Repository.File("helm/orchestra");
        return ExternalTool.RunAsync("helm", ["template", "orchestra", chart, "--namespace", "orchestra", "--values", Path.Combine(chart, values), .. settings]);
    }

    private static async Task<Manifests> WithComponentAsync(string overlay, string component)
    {
        using var folder = new TemporaryFolder();
        var way = Path.GetRelativePath(folder.Path, Repository.File("k8s"));
        folder.Write("kustomization.yaml", $"""
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [{way}/overlays/{overlay}]
            components: [{way}/components/{component}]
            """);
        return await KustomizeAsync(folder.Path);
    }

    private static async Task<Manifests> KustomizeAsync(string folder)
    {
        var (code, output, errors) = await ExternalTool.RunAsync("kubectl", "kustomize", folder);
        code.ShouldBe(0, errors);
        return Manifests.Parse(output);
    }

    private static async Task<Manifests> HelmAsync(string values)
    {
        var (code, output, errors) = await TemplateAsync(values);
        code.ShouldBe(0, errors);
        return Manifests.Parse(output);
    }
}
