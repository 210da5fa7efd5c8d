using k8s.Models;

namespace Orchestra.Deployment.Tests.Kubernetes;

public sealed class SelectionTests
{
    public static TheoryData<string> Sources => ManifestSource.All;

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Every_Deployment_selects_its_own_pods_and_no_others(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        foreach (var deployment in manifests.Deployments)
        {
            manifests.SelectedBy(deployment.Spec.Selector.MatchLabels).ShouldBe([deployment]);
            deployment.Spec.Template.Spec.TopologySpreadConstraints.Count.ShouldBeGreaterThanOrEqualTo(2);
            foreach (var spread in deployment.Spec.Template.Spec.TopologySpreadConstraints)
                manifests.SelectedBy(spread.LabelSelector.MatchLabels).ShouldBe([deployment]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Services_lead_to_silos_that_serve_the_API(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var services = manifests.All.OfType<V1Service>().Where(service => service.Spec.Ports.Any(port => port.Name == "http")).ToList();

        services.ShouldNotBeEmpty();
        foreach (var service in services)
        {
            var behind = manifests.SelectedBy(service.Spec.Selector);
            behind.ShouldNotBeEmpty();
            behind.ShouldAllBe(deployment => deployment.Roles().Contains("gateway"));
            foreach (var deployment in behind)
                service.Spec.Ports.ShouldAllBe(port => deployment.Silo().Ports.Any(open => open.Name == port.TargetPort.Value));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Every_Deployment_can_lose_a_pod_to_maintenance_and_goes_on(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var budgets = manifests.All.OfType<V1PodDisruptionBudget>().ToList();

        budgets.Count.ShouldBe(manifests.Deployments.Count());
        foreach (var budget in budgets)
        {
            var deployment = manifests.SelectedBy(budget.Spec.Selector.MatchLabels).ShouldHaveSingleItem();
            var least = manifests.LeastReplicas(deployment);
            budget.Spec.MinAvailable.ShouldBeNull();
            int.Parse(budget.Spec.MaxUnavailable.Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, Math.Max(1, least - 1));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Policies_close_what_is_not_opened(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);

        foreach (var deployment in manifests.Deployments)
            manifests.Policies.ShouldContain(policy => policy.Spec.PolicyTypes.Contains("Egress") && manifests.SelectedBy(policy.Spec.PodSelector.MatchLabels).Contains(deployment), deployment.Metadata.Name);
        manifests.Policies.ShouldAllBe(policy => policy.Spec.PolicyTypes.Contains("Ingress"));
        foreach (var rule in manifests.Policies.SelectMany(policy => policy.Spec.Ingress ?? []))
        {
            rule.Ports.ShouldNotBeNull();
            if (rule.Ports.Any(port => port.Port.Value is "11111" or "30000"))
                manifests.SelectedBy(rule.FromProperty.ShouldHaveSingleItem().PodSelector.ShouldNotBeNull().MatchLabels).Count.ShouldBe(manifests.Deployments.Count(), "Orleans' ports are open to silos only");
        }

        foreach (var open in manifests.Policies.Where(policy => policy.Spec.Ingress?.Any(rule => rule.FromProperty is not { Count: > 0 }) == true))
            manifests.SelectedBy(open.Spec.PodSelector.MatchLabels).ShouldAllBe(deployment => deployment.Roles().Contains("gateway"));
        var leaving = manifests.Policies.SelectMany(policy => policy.Spec.Egress ?? []).ToList();
        leaving.ShouldAllBe(rule => rule.Ports.Count > 0);
        leaving.SelectMany(rule => rule.Ports).Select(port => port.Port.Value).ShouldBeSubsetOf(["53", "443", "5432", "11111", "30000"]);
        leaving.SelectMany(rule => rule.To ?? []).Where(peer => peer.IpBlock is not null).ShouldAllBe(peer => peer.IpBlock.Except.Contains("169.254.0.0/16"));
    }

    [SkippableTheory]
    [MemberData(nameof(Sources))]
    public async Task Silos_have_an_account_without_rights(string source)
    {
        var manifests = await ManifestSource.RenderAsync(source);
        var account = manifests.All.OfType<V1ServiceAccount>().ShouldHaveSingleItem();

        account.AutomountServiceAccountToken.ShouldBe(false);
        manifests.Deployments.ShouldAllBe(deployment => deployment.Spec.Template.Spec.ServiceAccountName == account.Metadata.Name);
        manifests.All.OfType<V1Role>().ShouldAllBe(role => role.Rules == null || role.Rules.Count == 0);
        manifests.All.OfType<V1ClusterRole>().ShouldBeEmpty();
    }
}
