namespace Orchestra.Deployment.Tests.Kubernetes;

public sealed class RolloutTests
{
    public static TheoryData<string> Sources => ManifestSource.All;

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Gateways_and_experts_are_separate_and_all_roles_are_held(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var deployments = manifests.Deployments.ToList();
        // Tools run in the conducting silos.
        string[] expert = OrchestraJson.Read(manifests).Experts.Values.Any(settings => settings.Kind == "openai") ? ["expert"] : [];

        deployments.SelectMany(deployment => deployment.Roles()).Distinct().ShouldBe(["gateway", "conductor", .. expert], ignoreOrder: true);
        deployments.Where(deployment => deployment.Roles().Contains("gateway")).ShouldHaveSingleItem().Roles().ShouldNotContain("expert");
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task A_new_version_takes_no_place_that_is_not_there(string source)
    {
        foreach (var deployment in (await ManifestSource.RenderAsync(source)).Deployments)
        {
            var (unavailable, surge) = deployment.HasGpu() ? ("1", "0") : ("0", "1");
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value.ShouldBe(unavailable, deployment.Metadata.Name);
            deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value.ShouldBe(surge, deployment.Metadata.Name);
            deployment.Spec.MinReadySeconds.ShouldBe(30);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task GPU_pools_ask_for_GPUs_land_on_their_nodes_and_are_pinned_to_their_experts(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        foreach (var pool in manifests.Deployments.Where(deployment => deployment.HasGpu()))
        {
            var pod = pool.Spec.Template.Spec;
            pod.Tolerations.ShouldContain(toleration => toleration.Key == Silos.GpuResource && toleration.Effect == "NoSchedule");
            pod.NodeSelector.Keys.ShouldContain("nvidia.com/gpu.product");
            pool.PinnedExperts().ShouldNotBeEmpty();
            int.Parse(pool.Silo().Env.Single(variable => variable.Name == "Orchestra__Cluster__GpuMemoryMb").Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBePositive();
            foreach (var container in (pod.InitContainers ?? []).Concat(pod.Containers).Where(container => container.Resources.Limits.ContainsKey(Silos.GpuResource)))
                container.Resources.Requests[Silos.GpuResource].ToDecimal().ShouldBe(container.Resources.Limits[Silos.GpuResource].ToDecimal());
        }

        var pinned = manifests.Deployments.SelectMany(deployment => deployment.PinnedExperts()).ToList();
        pinned.ShouldBeUnique();
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Model_servers_start_before_their_silo_and_listen_to_nobody_else(string source)
    {
        foreach (var server in (await ManifestSource.RenderAsync(source)).Deployments.SelectMany(deployment => deployment.Spec.Template.Spec.InitContainers ?? []))
        {
            server.RestartPolicy.ShouldBe("Always");
            server.Ports.ShouldBeNull();
            server.Args[server.Args.IndexOf("--host") + 1].ShouldBe("127.0.0.1");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Expert_pools_grow_with_their_queues_and_shrink_slowly(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        foreach (var scaler in manifests.Autoscalers)
        {
            var deployment = manifests.Deployments.Single(candidate => candidate.Metadata.Name == scaler.Spec.ScaleTargetRef.Name);
            deployment.Spec.Replicas.ShouldBeNull("each apply would undo what the autoscaler chose");
            scaler.Spec.MinReplicas.ShouldNotBeNull().ShouldBeInRange(1, scaler.Spec.MaxReplicas);
            scaler.Spec.Behavior.ScaleDown.StabilizationWindowSeconds.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(300);
            if (deployment.Roles().Contains("expert"))
                scaler.Spec.Metrics.ShouldHaveSingleItem().Pods.Metric.Name.ShouldBe("orchestra_expert_queue_depth");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Pods_say_where_their_metrics_are(string source)
    {
        foreach (var deployment in (await ManifestSource.RenderAsync(source)).Deployments)
        {
            var annotations = deployment.Spec.Template.Metadata.Annotations;
            annotations["prometheus.io/scrape"].ShouldBe("true");
            annotations["prometheus.io/path"].ShouldBe("/metrics");
            deployment.Silo().Ports.ShouldContain(port => $"{port.ContainerPort}" == annotations["prometheus.io/port"]);
        }
    }

    [SkippableFact]
    public async Task Mutual_TLS_reaches_every_silo()
    {
        foreach (var deployment in (await ManifestSource.RenderAsync("overlay gpu with mtls")).Deployments)
        {
            var mounted = deployment.Silo().VolumeMounts.Single(mount => mount.Name == "silo-tls");
            mounted.ReadOnlyProperty.ShouldBe(true);
            deployment.Silo().Env.Where(variable => variable.Name.StartsWith("Orchestra__Cluster__Tls__", StringComparison.Ordinal))
                .Select(variable => variable.Value).ShouldBe(new[] { "tls.crt", "tls.key", "ca.crt" }.Select(file => $"{mounted.MountPath}/{file}"), ignoreOrder: true);
            deployment.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "silo-tls").Secret.SecretName.ShouldBe("orchestra-silo-tls");
        }
    }
}
