using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>Rendered manifests as the types of Kubernetes' own API: a field that the API does not have is an error, as it is for the server.</summary>
internal sealed partial class Manifests
{
    private static readonly Dictionary<string, Type> CustomKinds = new()
    {
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(CustomObject),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(CustomObject),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(CustomObject),
    };

    private Manifests(List<object> all) => All = all;

    public IReadOnlyList<object> All { get; }

    public IEnumerable<V1Deployment> Deployments => All.OfType<V1Deployment>();

    public IEnumerable<V2HorizontalPodAutoscaler> Autoscalers => All.OfType<V2HorizontalPodAutoscaler>();

    public IEnumerable<V1NetworkPolicy> Policies => All.OfType<V1NetworkPolicy>();

    public IEnumerable<V1ConfigMap> Settings => All.OfType<V1ConfigMap>();

    /// <summary>Every container of every pod with the name of its Deployment, those that start before the others included.</summary>
    public IEnumerable<(string Name, V1Container Container)> Containers =>
        from deployment in Deployments
        from container in (deployment.Spec.Template.Spec.InitContainers ?? []).Concat(deployment.Spec.Template.Spec.Containers)
        select ($"{deployment.Metadata.Name}/{container.Name}", container);

    /// <summary>The text of <c>orchestra.json</c>.</summary>
    public string Configuration => Settings.Single(map => map.Data.ContainsKey("orchestra.json")).Data["orchestra.json"];

    public static Manifests Parse(string yaml)
    {
        // Templates leave documents of nothing but comments, which Helm drops.
        var documents = Separator().Split(yaml).Where(document => document.Split('\n').Any(line => line.Trim().Length > 0 && !line.StartsWith('#')));
        return new Manifests([.. documents.SelectMany(document => KubernetesYaml.LoadAllFromString(document, CustomKinds, strict: true))]);
    }

    /// <summary>The Deployments whose pods a selector finds.</summary>
    public List<V1Deployment> SelectedBy(IDictionary<string, string>? labels) =>
        [.. Deployments.Where(deployment => (labels ?? new Dictionary<string, string>()).All(label => deployment.Spec.Template.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value))];

    [GeneratedRegex("^---.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();
}
