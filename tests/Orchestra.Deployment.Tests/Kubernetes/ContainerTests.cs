using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

public sealed class ContainerTests
{
    public static TheoryData<string> Sources => ManifestSource.All;

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Images_are_pinned(string source)
    {
        foreach (var (name, container) in (await ManifestSource.RenderAsync(source)).Containers)
        {
            var tag = container.Image.Split('/')[^1].Split(':', '@');
            tag.Length.ShouldBeGreaterThan(1, $"{name}: {container.Image}");
            tag[1].ShouldNotBe("latest", name);
            tag[1].ShouldContain(character => char.IsDigit(character), name);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Memory_has_a_limit_and_what_is_needed_is_asked_for(string source)
    {
        foreach (var (name, container) in (await ManifestSource.RenderAsync(source)).Containers)
        {
            container.Resources.Limits.ShouldContainKey("memory", name);
            container.Resources.Limits.ShouldNotContainKey("cpu", $"{name}: a throttled silo looks dead to the others");
            container.Resources.Requests.Keys.ShouldContain("memory", name);
            container.Resources.Requests.Keys.ShouldContain("cpu", name);
            container.Resources.Requests["memory"].ToDecimal().ShouldBeLessThanOrEqualTo(container.Resources.Limits["memory"].ToDecimal(), name);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Nothing_runs_with_rights_that_it_does_not_need(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        foreach (var (name, container) in manifests.Containers)
        {
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false, name);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, name);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"], name);
            container.SecurityContext.Capabilities.Add.ShouldBeNull(name);
            container.SecurityContext.Privileged.ShouldNotBe(true, name);
            container.SecurityContext.RunAsUser.ShouldNotBe(0, name);
        }

        foreach (var pod in manifests.Deployments.Select(deployment => deployment.Spec.Template.Spec))
        {
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
            pod.SecurityContext.RunAsUser.ShouldNotBeNull().ShouldBeGreaterThan(0);
            pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
            pod.AutomountServiceAccountToken.ShouldBe(false);
            (pod.HostNetwork ?? pod.HostPID ?? pod.HostIPC).ShouldNotBe(true);
            (pod.Volumes ?? []).ShouldAllBe(volume => volume.HostPath == null);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task What_is_written_to_is_a_volume_with_a_bound(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var folder = OrchestraJson.Read(manifests).Storage.Folder;
        foreach (var deployment in manifests.Deployments)
        {
            var pod = deployment.Spec.Template.Spec;
            var volumes = pod.Volumes.ToDictionary(volume => volume.Name);
            foreach (var container in (pod.InitContainers ?? []).Concat(pod.Containers))
                container.VolumeMounts.ShouldAllBe(mount => volumes.ContainsKey(mount.Name));
            var written = deployment.Silo().VolumeMounts.Where(mount => mount.ReadOnlyProperty != true).ToList();
            written.Select(mount => mount.MountPath).ShouldBe([folder, "/tmp"], ignoreOrder: true);
            written.ShouldAllBe(mount => volumes[mount.Name].EmptyDir.SizeLimit != null);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Probes_ask_the_right_questions(string source)
    {
        foreach (var deployment in (await ManifestSource.RenderAsync(source)).Deployments)
        {
            var silo = deployment.Silo();
            silo.StartupProbe.HttpGet.Path.ShouldBe("/healthz");
            silo.LivenessProbe.HttpGet.Path.ShouldBe("/healthz", "liveness touches neither grains nor the database");
            silo.ReadinessProbe.HttpGet.Path.ShouldBe("/readyz");
            (silo.StartupProbe.PeriodSeconds * silo.StartupProbe.FailureThreshold).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(120);
            foreach (var probe in new[] { silo.StartupProbe, silo.LivenessProbe, silo.ReadinessProbe })
                silo.Ports.Single(port => port.Name == probe.HttpGet.Port.Value).ContainerPort.ShouldBe(8080);
            foreach (var beside in (deployment.Spec.Template.Spec.InitContainers ?? []).Concat(deployment.Spec.Template.Spec.Containers))
                (beside.StartupProbe is not null && beside.LivenessProbe is not null).ShouldBeTrue(beside.Name);
        }
    }
}
