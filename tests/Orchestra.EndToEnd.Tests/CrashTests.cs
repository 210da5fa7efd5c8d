using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests;

/// <summary>A real node process that is killed, stopped and started again on the same data.</summary>
public sealed class CrashTests : IDisposable
{
    private const string Ask = """{"model":"small","messages":[{"role":"user","content":"Hi"}]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_kill_during_load_the_ledger_is_intact_and_nothing_stays_reserved()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        var reported = 0m;
        var answered = 0;
        string key;
        await using (var node = await StartAsync(upstream))
        {
            key = node.PrintedKey();
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var gate = new Lock();
            var clients = Enumerable.Range(0, 16).Select(_ => LoadAsync(node, key, cost =>
            {
                lock (gate)
                {
                    reported += cost;
                    if (++answered >= 300)
                        enough.TrySetResult();
                }
            })).ToArray();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await node.KillAsync();
            await Task.WhenAll(clients);
        }

        await using var again = await StartAsync(upstream);
        again.Output.ShouldNotContain("sk-orch-", customMessage: "Keys are shown once.");
        var budget = await again.SettledBudgetAsync();
        var spent = decimal.Parse((string)budget["spent_usd"]!);
        spent.ShouldBeGreaterThanOrEqualTo(reported, customMessage: "What was answered is paid for.");
        spent.ShouldBeLessThanOrEqualTo(reported + (32 * 0.0011m), customMessage: "Beyond it only the calls under way at the kill are billed, as reserved.");
        using var client = again.Client(key);
        (await client.PostAsync("/v1/chat/completions", new StringContent(Ask))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stop_lets_queries_end_and_exits_with_0()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            arrived.SetResult();
            await answer.Task;
            await exchange.ReplyAsync(200, Replies.Completion("late but whole"));
        });
        string key;
        await using (var node = await StartAsync(upstream))
        {
            key = node.PrintedKey();
            using var client = node.Client(key);
            var asking = client.PostAsync("/v1/chat/completions", new StringContent(Ask));
            await arrived.Task;
            var stopping = node.StopAsync();
            answer.SetResult();
            (await (await asking).Content.ReadAsStringAsync()).ShouldContain("late but whole");
            (await stopping).ShouldBe(0, customMessage: node.Output);
        }

        await using var again = await StartAsync(upstream);
        ((string)(await again.SettledBudgetAsync())["spent_usd"]!).ShouldBe("0.000017");
    }

    [Fact]
    public async Task A_stop_gives_queries_the_time_that_is_configured_and_settles_those_that_it_cuts_off()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Hel"));
            arrived.SetResult();
            await exchange.UntilClientLeavesAsync();
        });
        await using (var node = await StartAsync(upstream, "--set", "Orchestra:Gateway:ShutdownTimeout=00:00:04", "--set", "Orchestra:Budgets:Lease=01:00:00"))
        {
            using var client = node.Client(node.PrintedKey());
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Ask.Replace("\"model\"", "\"stream\":true,\"model\"")) };
            using var asking = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await arrived.Task;
            // The default of the command line's library would end the process by force, with another code, before these four seconds.
            (await node.StopAsync()).ShouldBe(0, customMessage: node.Output);
            node.Output.ShouldNotContain("could not be written");
        }

        await using var again = await StartAsync(upstream);
        var budget = await again.BudgetAsync();
        ((string)budget["reserved_usd"]!).ShouldBe("0");
        decimal.Parse((string)budget["spent_usd"]!).ShouldBeInRange(0.000001m, 0.00005m);
    }

    [Fact]
    public async Task Concurrent_queries_never_spend_more_than_the_limit()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        await using var node = await StartAsync(upstream);
        using var admin = node.Client(NodeProcess.AdminKey);
        (await admin.PutAsJsonAsync("/admin/tenants/default/budget", new { limit_usd = "0.0005", window = "daily" })).EnsureSuccessStatusCode();
        using var client = node.Client(node.PrintedKey());
        var responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.PostAsync("/v1/chat/completions", new StringContent(Ask))));
        responses.Select(response => response.StatusCode).Distinct().ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        var answered = responses.Count(response => response.IsSuccessStatusCode);
        answered.ShouldBeInRange(1, 29);
        var budget = await node.SettledBudgetAsync();
        decimal.Parse((string)budget["spent_usd"]!).ShouldBe(answered * 0.000017m);
    }

    [Fact]
    public async Task No_prompt_and_no_key_reaches_the_log()
    {
        await using var upstream = new FaultyUpstream(Replies.Status(500));
        await using var node = await StartAsync(upstream);
        var key = node.PrintedKey();
        var printed = node.Output.Length;
        using var client = node.Client(key);
        const string secret = "the-secret-of-the-prompt";
        await client.PostAsync("/v1/chat/completions", new StringContent(Ask.Replace("Hi", secret)));
        await client.PostAsync("/v1/chat/completions", new StringContent($$"""{"model":"{{secret}}","messages":{{secret}}"""));
        using var wrong = node.Client("sk-orch-this-one-is-wrong");
        await wrong.PostAsync("/v1/chat/completions", new StringContent(Ask));
        await node.StopAsync();
        var log = node.Output[printed..];
        log.ShouldNotContain(secret);
        log.ShouldNotContain(key);
        log.ShouldNotContain("this-one-is-wrong");
        log.ShouldContain("small", customMessage: "The expert's retry is logged, so the log was looked at.");
    }

    [Fact]
    public async Task A_wrong_configuration_does_not_start_and_says_all_that_is_wrong()
    {
        var config = _folder.Write("wrong.json", """{"Orchestra":{"Experts":{"small":{"Kind":"openai"}},"Conductor":{"MaxTurns":99}}}""");
        var error = await Should.ThrowAsync<InvalidOperationException>(() => NodeProcess.StartAsync(_folder.Path, config));
        error.Message.ShouldContain("Endpoint is missing");
        error.Message.ShouldContain("Price is missing");
        error.Message.ShouldContain("MaxTurns is 99");
        config = _folder.Write("typo.json", """{"Orchestra":{"Conductor":{"Treshold":5}}}""");
        (await Should.ThrowAsync<InvalidOperationException>(() => NodeProcess.StartAsync(_folder.Path, config))).Message.ShouldContain("Treshold");
    }

    private Task<NodeProcess> StartAsync(FaultyUpstream upstream, params string[] more)
    {
        var config = _folder.Write("orchestra.json", JsonSerializer.Serialize(new
        {
            Orchestra = new
            {
                Experts = new { small = new { Kind = "openai", Endpoint = upstream.Endpoint.ToString(), Price = new { InputPerMillion = 1, OutputPerMillion = 2 }, MaxOutputTokens = 512, Retries = 1 } },
                Budgets = new { Lease = "00:00:02" },
            },
        }));
        return NodeProcess.StartAsync(Path.Combine(_folder.Path), config, more: more);
    }

    private static async Task LoadAsync(NodeProcess node, string key, Action<decimal> answered)
    {
        using var client = node.Client(key);
        try
        {
            while (true)
            {
                using var response = await client.PostAsync("/v1/chat/completions", new StringContent(Ask));
                response.EnsureSuccessStatusCode();
                answered(decimal.Parse(response.Headers.GetValues("x-orchestra-cost-usd").Single()));
            }
        }
        catch (HttpRequestException)
        {
            // The node was killed.
        }
    }
}
