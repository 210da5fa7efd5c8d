using k8s.Models;
using Orchestra.Deployment.Tests.Kubernetes;

namespace Orchestra.Deployment.Tests.Charts;

public sealed class ChartRenderingTests
{
    [SkippableFact]
    public async Task A_node_on_files_has_a_volume_that_stays_and_never_a_twin()
    {
        var manifests = await ManifestSource.RenderAsync("chart ci/node-values.yaml");
        var node = manifests.Deployments.ShouldHaveSingleItem();
        var claim = manifests.All.OfType<V1PersistentVolumeClaim>().ShouldHaveSingleItem();

        node.Spec.Replicas.ShouldBe(1);
        node.Spec.Strategy.Type.ShouldBe("Recreate");
        node.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "data").PersistentVolumeClaim.ClaimName.ShouldBe(claim.Metadata.Name);
        claim.Metadata.Annotations["helm.sh/resource-policy"].ShouldBe("keep");
        OrchestraJson.Read(manifests).Storage.Kind.ShouldBe("sqlite");
        manifests.SelectedBy(manifests.All.OfType<V1Service>().ShouldHaveSingleItem().Spec.Selector).ShouldBe([node]);
    }

    [SkippableFact]
    public async Task Further_settings_and_prices_reach_the_configuration()
    {
        var full = OrchestraJson.Read(await ManifestSource.RenderAsync("chart ci/full-values.yaml"));
        var gpu = OrchestraJson.Read(await ManifestSource.RenderAsync("chart ci/gpu-values.yaml"));

        full.Conductor.Threshold.ShouldBe(5);
        full.Gateway.MaxConnections.ShouldBe(5000);
        full.Gateway.ShutdownTimeout.ShouldBe(TimeSpan.FromMinutes(2));
        full.Experts["hosted"].ApiKeyEnv.ShouldBe("HOSTED_API_KEY");
        gpu.Experts["small"].Price!.InputPerMillion.ShouldBe(0.05m);
        gpu.Experts["small"].MaxQueue.ShouldBe(64);
        gpu.Experts["large"].Endpoint.ShouldBe("http://127.0.0.1:8000/v1");
    }

    [SkippableFact]
    public async Task KEDA_and_the_Prometheus_operator_get_what_they_read()
    {
        var manifests = await ManifestSource.RenderAsync("chart ci/full-values.yaml");
        var custom = manifests.All.OfType<CustomObject>().ToLookup(item => item.Kind);

        custom["ScaledObject"].Select(scaled => scaled.Metadata.Name).ShouldBe(manifests.Deployments.Where(deployment => deployment.Roles().Contains("expert")).Select(deployment => deployment.Metadata.Name), ignoreOrder: true);
        custom["ServiceMonitor"].ShouldHaveSingleItem().Metadata.Labels["release"].ShouldBe("prometheus");
        manifests.Deployments.ShouldAllBe(deployment => deployment.Silo().VolumeMounts.Any(mount => mount.Name == "silo-tls"));
        manifests.Deployments.ShouldAllBe(deployment => deployment.Silo().Image == "registry.example.com/orchestra/silo:0.1.0");
    }
}
