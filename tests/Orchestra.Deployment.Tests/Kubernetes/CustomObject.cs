using k8s;
using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>An object of a kind that Kubernetes itself does not know.</summary>
internal sealed class CustomObject : IKubernetesObject
{
    public string ApiVersion { get; set; } = string.Empty;

    public string Kind { get; set; } = string.Empty;

    public V1ObjectMeta Metadata { get; set; } = new();

    public Dictionary<string, object> Spec { get; set; } = [];
}
