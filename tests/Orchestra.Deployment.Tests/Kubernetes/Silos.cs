using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>What a Deployment of silos says to the silo.</summary>
internal static class Silos
{
    public const string GpuResource = "nvidia.com/gpu";

    public static V1Container Silo(this V1Deployment deployment) => deployment.Spec.Template.Spec.Containers.Single(container => container.Name == "silo");

    /// <summary>The roles that the silo is started with.</summary>
    public static string[] Roles(this V1Deployment deployment)
    {
        var arguments = deployment.Silo().Args;
        return arguments[arguments.IndexOf("--roles") + 1].Split(',');
    }

    /// <summary>The names of the experts that only silos of this Deployment hold; empty for one that takes any.</summary>
    public static List<string> PinnedExperts(this V1Deployment deployment) =>
        [.. (deployment.Silo().Env ?? []).Where(variable => variable.Name.StartsWith("Orchestra__Cluster__Experts__", StringComparison.Ordinal)).Select(variable => variable.Value)];

    public static bool HasGpu(this V1Deployment deployment) =>
        (deployment.Spec.Template.Spec.InitContainers ?? []).Concat(deployment.Spec.Template.Spec.Containers).Any(container => container.Resources?.Limits?.ContainsKey(GpuResource) == true);
}
