using System.Globalization;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>A node that is asked to stop while it streams.</summary>
public sealed class GracefulStopTests
{
    private const int Streams = 16;
    private const decimal Cost = 0.000017m;

    [Fact]
    public async Task On_SQLite_streams_end_or_are_billed()
    {
        await using var store = NodeStore.OnSqlite();
        await StopAsync(store);
    }

    [SkippableFact]
    public async Task On_PostgreSQL_streams_end_or_are_billed()
    {
        await using var store = await NodeStore.OnPostgresAsync();
        await StopAsync(store);
    }

    private static async Task StopAsync(NodeStore store)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync();
            await exchange.ChunkAsync(Replies.Role + Replies.Delta("Hel"));
            if (exchange.Request.Body.Contains("endless", StringComparison.Ordinal))
            {
                await exchange.UntilClientLeavesAsync();
                return;
            }

            await end.Task;
            await exchange.ChunkAsync(Replies.Delta("lo") + Replies.Stop + Replies.Usage + Replies.Done);
            await exchange.EndAsync();
        });
        // Nothing expires during the test: what is not reserved any more was settled.
        string[] settings = ["--set", "Orchestra:Gateway:ShutdownTimeout=00:00:03", "--set", "Orchestra:Budgets:Lease=01:00:00"];
        await using (var node = await store.StartNodeAsync(upstream, settings))
        {
            using var client = node.Client(node.PrintedKey());
            var whole = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => BeginAsync(client, "short")));
            var cut = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => BeginAsync(client, "endless")));
            var stopping = node.StopAsync();
            end.SetResult();
            foreach (var response in whole)
                (await response.Content.ReadAsStringAsync()).ShouldEndWith("data: [DONE]\n\n");
            (await stopping).ShouldBe(0, node.Output);
            node.Output.ShouldNotContain("could not be written");
            foreach (var response in whole.Concat(cut))
                response.Dispose();
        }

        await store.ShouldVerifyAsync();
        await using var again = await store.StartNodeAsync(upstream, settings);
        var budget = await again.BudgetAsync();
        ((string)budget["reserved_usd"]!).ShouldBe("0");
        var beyond = decimal.Parse((string)budget["spent_usd"]!, CultureInfo.InvariantCulture) - (Streams * Cost);
        beyond.ShouldBeInRange(Streams * 0.000001m, Streams * 0.00005m, "A stream that is cut off is billed for what it used.");
    }

    private static Task<HttpResponseMessage> BeginAsync(HttpClient client, string question)
    {
        var body = $$"""{"model":"small","stream":true,"messages":[{"role":"user","content":"{{question}}"}]}""";
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
