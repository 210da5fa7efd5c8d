using System.Globalization;
using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

public sealed class ConfigurationTests
{
    private const string ExpertPrefix = "Orchestra__Experts__";

    public static TheoryData<string> Sources => ManifestSource.All;

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task The_configuration_is_one_that_a_silo_takes(string source)
    {
        var options = OrchestraJson.Read(await ManifestSource.RenderAsync(source));

        options.Storage.Kind.ShouldBe("postgres");
        options.Storage.ConnectionString.ShouldBe("Host=from.the.secret", "no connection string may stand in the file");
        options.Experts.ShouldNotBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task A_stop_has_time_for_the_pause_and_for_the_queries_under_way(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var shutdown = OrchestraJson.Read(manifests).Gateway.ShutdownTimeout;
        foreach (var deployment in manifests.Deployments)
        {
            var pause = deployment.Silo().Lifecycle.PreStop.Sleep.Seconds;
            pause.ShouldBeGreaterThanOrEqualTo(5);
            TimeSpan.FromSeconds(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value).ShouldBeGreaterThanOrEqualTo(shutdown + TimeSpan.FromSeconds(pause + 10));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Silos_learn_their_name_their_address_and_the_database_from_outside(string source)
    {
        foreach (var deployment in (await ManifestSource.RenderAsync(source)).Deployments)
        {
            var variables = deployment.Silo().Env.ToDictionary(variable => variable.Name);
            variables["POD_NAME"].ValueFrom.FieldRef.FieldPath.ShouldBe("metadata.name");
            variables["POD_IP"].ValueFrom.FieldRef.FieldPath.ShouldBe("status.podIP");
            variables["ORCHESTRA_POSTGRES"].ValueFrom.SecretKeyRef.Key.ShouldNotBeNullOrEmpty();
            deployment.Silo().Args.ShouldContain("http://*:8080");
            deployment.Roles().ShouldBeSubsetOf(["gateway", "conductor", "expert"]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task No_secret_stands_in_a_manifest(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);

        manifests.All.OfType<V1Secret>().ShouldBeEmpty();
        foreach (var (name, container) in manifests.Containers)
            (container.Env ?? []).Where(variable => IsSecret(variable.Name)).ShouldAllBe(variable => variable.Value == null ? variable.ValueFrom.SecretKeyRef != null : variable.Value.StartsWith('/'), $"{name}: a secret by reference, or the path of a file");
        foreach (var map in manifests.Settings)
        {
            map.Data.Keys.ShouldAllBe(key => !IsSecret(key));
            map.Data.Values.ShouldAllBe(value => !value.Contains("Password=", StringComparison.OrdinalIgnoreCase) && !value.Contains("sk-", StringComparison.Ordinal));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task The_settings_of_the_cluster_name_experts_that_are_configured(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var experts = OrchestraJson.Read(manifests).Experts.Keys;
        foreach (var (key, value) in manifests.Settings.SelectMany(map => map.Data).Where(setting => setting.Key.StartsWith(ExpertPrefix, StringComparison.Ordinal)))
        {
            var (expert, setting) = key[ExpertPrefix.Length..].Split("__") is [var first, var second] ? (first, second) : throw new FormatException(key);
            experts.ShouldContain(expert, key);
            setting.ShouldBeOneOf("Replicas", "GpuMemoryMb");
            int.Parse(value, CultureInfo.InvariantCulture).ShouldBePositive(key);
        }

        foreach (var deployment in manifests.Deployments)
            deployment.PinnedExperts().ShouldBeSubsetOf(experts);
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Silos_talk_in_plain_text_only_where_policies_keep_strangers_out(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var plain = manifests.Settings.Any(map => map.Data.TryGetValue("Orchestra__Cluster__Plaintext", out var value) && value == "true");
        foreach (var silo in manifests.Deployments.Select(deployment => deployment.Silo()))
        {
            var encrypted = silo.Env.Any(variable => variable.Name == "Orchestra__Cluster__Tls__Certificate");
            (encrypted || (plain && manifests.Policies.Any())).ShouldBeTrue();
            if (encrypted && plain)
                silo.Env.Single(variable => variable.Name == "Orchestra__Cluster__Plaintext").Value.ShouldBe("false");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Every_setting_that_is_referred_to_is_there(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var names = manifests.Settings.Select(map => map.Metadata.Name).ToList();
        var referred = manifests.Deployments.SelectMany(deployment => deployment.Silo().EnvFrom.Where(from => from.ConfigMapRef is not null).Select(from => from.ConfigMapRef.Name)
            .Concat(deployment.Spec.Template.Spec.Volumes.Where(volume => volume.ConfigMap is not null).Select(volume => volume.ConfigMap.Name)));

        referred.Distinct().ShouldBe(names, ignoreOrder: true);
    }

    private static bool IsSecret(string name) =>
        Array.Exists(["KEY", "PASSWORD", "SECRET", "TOKEN", "POSTGRES"], word => name.ToUpperInvariant().Split('_').Contains(word));
}
