using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>A node whose disk is full.</summary>
public sealed class FullDiskTests
{
    private const int Refusals = 20;

    [SkippableFact]
    public async Task Nothing_is_granted_that_cannot_be_written_and_all_is_well_once_there_is_space()
    {
        using var disk = SmallDisk.Mount();
        await using var store = NodeStore.OnSqlite(disk.Path);
        await using var upstream = new FaultyUpstream(Replies.Answer());
        // No lease ends during the test, so that nothing but settlements is billed.
        await using var node = await store.StartNodeAsync(upstream, "--set", "Orchestra:Budgets:Lease=00:10:00");
        var key = node.PrintedKey();
        decimal reported;
        await using (var load = Load.Start(node, key, 4))
        {
            await load.AnswerAsync(50);
            disk.Fill();
            await Eventually.TrueAsync(() => load.Failed > 0);
            await load.EndAsync();
            reported = load.Reported;
            upstream.Requests.Count.ShouldBe(load.Answered, "What has no row is not asked.");
        }

        using var client = node.Client(key);
        var failed = 0;
        // A query more may find room in the log's last block.
        for (var i = 0; failed < Refusals; i++)
        {
            i.ShouldBeLessThan(10 * Refusals);
            disk.Fill();
            var before = upstream.Requests.Count;
            using var response = await Load.AskOnceAsync(client);
            if (response.IsSuccessStatusCode)
            {
                reported += CostOf(response);
                continue;
            }

            failed++;
            ((int)response.StatusCode).ShouldBeInRange(500, 503);
            var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
            ((string)error["message"]!).ShouldContain("The ledger could not be written");
            upstream.Requests.Count.ShouldBe(before);
        }

        disk.Free();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await Load.AskOnceAsync(client);
            reported += response.IsSuccessStatusCode ? CostOf(response) : 0;
            return response.StatusCode == HttpStatusCode.OK;
        });
        (await node.SettledSpendAsync()).ShouldBe(reported, "What was answered is paid for, and nothing else.");
        await store.ShouldVerifyAsync();
    }

    private static decimal CostOf(HttpResponseMessage response) => decimal.Parse(response.Headers.GetValues("x-orchestra-cost-usd").Single(), CultureInfo.InvariantCulture);
}
