using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>Clients that ask for a stream and do not read it.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task A_client_that_never_reads_holds_the_expert_and_the_money_no_longer_than_the_deadline()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var node = await RunningNode.StartAsync(
            new FaultyUpstream(async exchange =>
            {
                try
                {
                    await exchange.BeginAsync();
                    var piece = Replies.Delta(new string('x', 32 * 1024));
                    while (true)
                        await exchange.ChunkAsync(piece);
                }
                finally
                {
                    left.SetResult();
                }
            }),
            "Orchestra:Conductor:Deadline=00:00:01",
            "Orchestra:Experts:small:ContextWindow=100000000",
            "Orchestra:Experts:small:MaxOutputTokens=50000000");

        using var response = await node.PostAsync("""{"model":"small","stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
        decimal.Parse((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBeGreaterThan(0);
    }
}
