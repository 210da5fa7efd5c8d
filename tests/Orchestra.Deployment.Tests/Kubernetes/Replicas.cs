using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>How many pods a Deployment has.</summary>
internal static class Replicas
{
    /// <summary>At least so many: what its autoscaler says, else what it says itself.</summary>
    public static int LeastReplicas(this Manifests manifests, V1Deployment deployment)
    {
        if (manifests.Autoscalers.SingleOrDefault(scaler => scaler.Spec.ScaleTargetRef.Name == deployment.Metadata.Name) is { } scaler)
            return scaler.Spec.MinReplicas ?? 1;
        var scaled = manifests.All.OfType<CustomObject>().SingleOrDefault(custom => custom.Kind == "ScaledObject" && custom.Metadata.Name == deployment.Metadata.Name);
        return scaled is null ? deployment.Spec.Replicas ?? 1 : Convert.ToInt32(scaled.Spec["minReplicaCount"], System.Globalization.CultureInfo.InvariantCulture);
    }
}
