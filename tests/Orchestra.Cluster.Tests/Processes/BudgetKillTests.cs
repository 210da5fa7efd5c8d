using System.Diagnostics;
using Orchestra.Core.Tests.Experts.OpenAI;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>A silo that holds budget grains, or the calls that they paid for, is killed under load.</summary>
[Collection(ProcessTests.Name)]
public sealed class BudgetKillTests(ITestOutputHelper output)
{
    private const int Clients = 8;
    private const int Affordable = 600;

    /// <summary>More than one of the load's queries holds: 64 tokens of output and a short prompt.</summary>
    private const decimal Hold = 0.0002m;

    [SkippableFact]
    public async Task Killing_the_silo_of_the_account_overspends_loses_and_leaks_nothing()
    {
        await using var upstream = new FaultyUpstream(Upstreams.AnswerAsync);
        await using var cluster = await ProcessCluster.CreateAsync(1, "Orchestra:Budgets:Lease=00:00:03");
        var doomed = await cluster.StartAsync("doomed", ProcessCluster.Conducting);
        // The account is where it was first asked for, while there was no other silo that conducts.
        const decimal limit = Affordable * ProcessCluster.Cost;
        await ProcessCluster.LimitAsync(doomed, limit);
        await cluster.StartAsync("expert", "expert", upstream);
        var other = await cluster.StartAsync("other", ProcessCluster.Conducting);
        await using var load = GatewayLoad.Start(cluster.Key, Clients, doomed, other);
        await load.AnswerAsync(100);

        var killed = Stopwatch.GetTimestamp();
        await doomed.KillAsync();
        load.Use(other);

        await load.UntilOverAsync();
        output.WriteLine($"{load.Answered} answered, {load.Failures.Count} failed, whole again {load.TroubleSince(killed).TotalSeconds:0.0} s after the kill.");
        load.Failures.Count.ShouldBeLessThanOrEqualTo(Clients, string.Join('\n', load.Failures.Take(3)));
        var spent = await ProcessCluster.SettledSpendAsync(other);
        spent.ShouldBeInRange(load.Answered * ProcessCluster.Cost, limit, "What was answered is paid for, and no limit was passed.");
        spent.ShouldBeLessThanOrEqualTo((load.Answered * ProcessCluster.Cost) + (Clients * Hold), "Beyond it only the calls under way at the kill are billed, as reserved.");
        await cluster.ShouldVerifyAsync();
    }

    [SkippableFact]
    public async Task Reservations_of_a_silo_that_is_killed_run_out_although_the_account_lives_elsewhere()
    {
        await using var upstream = new FaultyUpstream(Upstreams.HoldAsync);
        await using var cluster = await ProcessCluster.CreateAsync(1, "Orchestra:Budgets:Lease=00:00:03");
        var other = await cluster.StartAsync("other", ProcessCluster.Conducting);
        await ProcessCluster.LimitAsync(other, 1);
        await cluster.StartAsync("expert", "expert", upstream);
        var doomed = await cluster.StartAsync("doomed", ProcessCluster.Conducting);
        using var client = doomed.Client(cluster.Key);
        var begun = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => client.SendAsync(Upstreams.AskBegin(), HttpCompletionOption.ResponseHeadersRead)));
        var reserved = (await ProcessCluster.BudgetAsync(other)).Reserved;
        reserved.ShouldBeInRange(Clients * ProcessCluster.Cost, Clients * Hold);

        await doomed.KillAsync();

        (await ProcessCluster.SettledSpendAsync(other)).ShouldBeInRange(reserved, Clients * Hold, "What a dead silo held is billed as reserved, and no longer held.");
        await cluster.ShouldVerifyAsync();
        foreach (var response in begun)
            response.Dispose();
    }
}
