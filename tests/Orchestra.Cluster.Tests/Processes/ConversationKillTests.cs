using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Grains.Conversations;
using Orleans.Serialization;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>The silo that holds a conversation is killed.</summary>
[Collection(ProcessTests.Name)]
public sealed class ConversationKillTests
{
    private const string Chat = "chat-17";

    [SkippableFact]
    public async Task A_stream_through_it_ends_with_a_clear_error_and_the_conversation_goes_on_elsewhere_with_its_turns_and_spend()
    {
        await using var upstream = new FaultyUpstream(Upstreams.HoldAsync);
        await using var cluster = await ProcessCluster.CreateAsync(1, "Orchestra:Budgets:Lease=00:00:03");
        var doomed = await cluster.StartAsync("doomed", ProcessCluster.Conducting);
        await cluster.StartAsync("expert", "expert", upstream);
        using var first = doomed.Client(cluster.Key);
        List<string> turns = [await AskAsync(first), await AskAsync(first)];
        await Eventually.TrueAsync(async () => (await StateAsync(cluster))?.Turns == 2);
        var other = await cluster.StartAsync("other", ProcessCluster.Conducting);
        using var second = other.Client(cluster.Key);
        using var stream = await second.SendAsync(Upstreams.AskBegin(Chat), HttpCompletionOption.ResponseHeadersRead);

        await doomed.KillAsync();

        var body = await stream.Content.ReadAsStringAsync();
        body.ShouldContain("upstream_failed");
        body.ShouldContain("The silo that served this query failed in the middle of its answer. Ask again.");
        turns.Add(await AskAsync(second));
        await Eventually.TrueAsync(async () => (await StateAsync(cluster))?.Turns == 3);
        var state = (await StateAsync(cluster))!;
        state.Latest.Select(turn => turn.TrajectoryId).ShouldBe(turns);
        state.SpentNanos.ShouldBe(3 * (long)(ProcessCluster.Cost * 1_000_000_000));
        // The stream that was cut off is billed as reserved when its lease ends.
        (await ProcessCluster.SettledSpendAsync(other)).ShouldBeGreaterThan(3 * ProcessCluster.Cost);
        await cluster.ShouldVerifyAsync();
    }

    private static async Task<string> AskAsync(HttpClient client)
    {
        using var answer = await client.SendAsync(Upstreams.Ask(conversation: Chat));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("x-orchestra-trajectory").Single();
    }

    /// <summary>What the database keeps of the only conversation; null before it does.</summary>
    private static async Task<ConversationState?> StateAsync(ProcessCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT payload FROM orleans.grain_state WHERE state_name = 'conversation' OR grain_id_text LIKE 'default/%'", connection);
        if (await command.ExecuteScalarAsync() is not byte[] payload)
            return null;
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        return services.GetRequiredService<Serializer>().Deserialize<ConversationState>(payload);
    }
}
