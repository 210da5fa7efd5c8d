using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Conducting;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tests.Conversations;
using Orchestra.Core.Tests.Learning.Embeddings;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Tests.Learning.Live;

public sealed class LiveLearningTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Question = "question number 77 of a kind that nobody asked before";

    private readonly Traffic _traffic = new(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
    private readonly Policy _policy = Policy.Parse(PolicyBytes.Of(1));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _traffic.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _traffic.DisposeAsync();

    [Fact]
    public async Task An_outcome_is_known_to_all_hosts_of_a_database_without_a_restart()
    {
        var (one, other) = (Host(), Host());
        var before = one.Live.Weights.Memory.Total("small");
        await _traffic.AddAsync("traj_1", Question, "small", 1);
        await _traffic.WrittenAsync(1);

        (await one.Learning.PassAsync(default)).ShouldBeTrue();
        (await other.Learning.PassAsync(default)).ShouldBeTrue();

        foreach (var live in (LivePolicy[])[one.Live, other.Live])
        {
            live.Weights.Memory.Total("small").ShouldBe(new ExpertTotal(before.Sum + 1, before.Count + 1));
            Nearby(live).Weight.ShouldBeGreaterThan(0.9f);
            live.Beliefs["small"].Outcomes.ShouldBe(1);
        }

        one.Live.Beliefs["small"].ShouldBe(other.Live.Beliefs["small"]);
        _policy.Weights.Memory.Total("small").ShouldBe(before);
    }

    [Fact]
    public async Task What_is_said_anew_takes_the_place_of_what_was_said_before()
    {
        var host = Host();
        var before = host.Live.Weights.Memory.Total("small");
        await _traffic.AddAsync("traj_1", Question, "small", 1);
        await _traffic.WrittenAsync(1);
        await host.Learning.PassAsync(default);
        await _traffic.SayAsync("traj_1", 0);

        await host.Learning.PassAsync(default);

        host.Live.Weights.Memory.Total("small").ShouldBe(before with { Count = before.Count + 1 });
        Nearby(host.Live).MeanScore.ShouldBeLessThan(0.5f);
        host.Live.Beliefs["small"].Outcomes.ShouldBe(1);
    }

    [Fact]
    public async Task A_policy_that_comes_later_knows_what_became_known_before()
    {
        var host = Host();
        await _traffic.AddAsync("traj_1", Question, "small", 1);
        await _traffic.WrittenAsync(1);
        await host.Learning.PassAsync(default);

        var later = host.Outcomes.Follow(Policy.Parse(PolicyBytes.Of(2)));

        Nearby(later).Weight.ShouldBeGreaterThan(0.9f);
        later.Beliefs["small"].ShouldBe(host.Live.Beliefs["small"]);
    }

    [Fact]
    public async Task What_a_policy_was_trained_on_counts_once()
    {
        var host = Host();
        var before = host.Live.Weights.Memory.Total("large");
        // Row 3 of the table behind the policy.
        await _traffic.AddAsync("traj_1", "question number 3 of the toy", "large", 1);
        await _traffic.AddAsync("traj_2", "question number 3 of the toy", "large", 0);
        await _traffic.WrittenAsync(2);

        await host.Learning.PassAsync(default);

        host.Live.Weights.Memory.Total("large").ShouldBe(before with { Count = before.Count + 1 });
    }

    [Fact]
    public async Task Rejections_alone_and_strangers_words_teach_nothing()
    {
        var host = Host("acme");
        var rows = host.Live.Weights.Memory.Count;
        await _traffic.AddAsync("traj_1", Question, "small", null, verdict: new Verdict(false, 0.9, "test", "No."));
        await _traffic.AddAsync("traj_2", Question, "small", 1, tenant: "stranger");
        await _traffic.AddAsync("traj_3", Question, "small", 0, verdict: new Verdict(false, 0.9, "test", "No."));
        await _traffic.WrittenAsync(3);

        await host.Learning.PassAsync(default);

        host.Live.Weights.Memory.Count.ShouldBe(rows + 1);
    }

    [Fact]
    public async Task While_an_endpoint_has_no_vector_nothing_is_lost()
    {
        var isWell = false;
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            context.Response.StatusCode = isWell ? 200 : 500;
            await context.Response.WriteAsync(EmbeddingServer.Reply([1, .. new double[EmbeddingServer.Dimensions - 1]]));
        });
        using var embedder = server.Embedder();
        var outcomes = new LiveOutcomes(Catalogue());
        var learning = Learning(outcomes, embedder);
        await _traffic.AddAsync("traj_1", Question, "small", 1);
        await _traffic.WrittenAsync(1);

        (await learning.PassAsync(default)).ShouldBeFalse();
        outcomes.Count.ShouldBe(0);
        isWell = true;

        (await learning.PassAsync(default)).ShouldBeTrue();
        outcomes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_never_has_a_vector_does_not_hold_the_others_up()
    {
        await using var server = await EmbeddingServer.StartAsync(200, "{}");
        using var embedder = server.Embedder();
        var outcomes = new LiveOutcomes(Catalogue());
        var learning = Learning(outcomes, embedder);
        await _traffic.AddAsync("traj_1", Question, "small", 1);
        await _traffic.WrittenAsync(1);

        var passes = 1;
        while (!await learning.PassAsync(default))
            passes++;

        passes.ShouldBe(4);
        outcomes.Count.ShouldBe(0);
    }

    [Fact]
    public void What_is_kept_for_policies_to_come_is_bounded_and_those_that_serve_remember_more()
    {
        var outcomes = new LiveOutcomes(Catalogue());
        var live = outcomes.Follow(_policy);
        var vector = new float[HashedEmbedder.DefaultDimensions];
        vector[0] = 1;
        for (var i = 0; i < LiveOutcomes.Most + 100; i++)
            outcomes.Take([new LiveOutcome($"traj_{i}", Question, vector, [KeyValuePair.Create("small", 1.0)])], []);

        outcomes.Count.ShouldBe(LiveOutcomes.Most);
        live.Weights.Memory.Total("small").Count.ShouldBeGreaterThan(LiveOutcomes.Most + 100 - 256);
        live.Weights.Memory.Count.ShouldBeLessThanOrEqualTo(live.Weights.Memory.Capacity);
    }

    private static ExpertCatalogue Catalogue() => new([new ScriptedExpert("small", ScriptedExpert.DollarAMillion), new ScriptedExpert("large", ScriptedExpert.DollarAMillion)]);

    private static NeighbourScore Nearby(LivePolicy live)
    {
        var vector = new float[HashedEmbedder.DefaultDimensions];
        new HashedEmbedder().Embed(Question, vector);
        var result = new NeighbourScore[1];
        live.Weights.Memory.Lookup(vector, ["small"], result, neighbours: 1);
        return result[0];
    }

    private (LiveOutcomes Outcomes, LivePolicy Live, LiveLearning Learning) Host(params string[] trusted)
    {
        var outcomes = new LiveOutcomes(Catalogue());
        return (outcomes, outcomes.Follow(_policy), Learning(outcomes, new HashedEmbedder(), trusted));
    }

    private LiveLearning Learning(LiveOutcomes outcomes, IEmbedder embedder, params string[] trusted) => new(
        _traffic.Open().GetRequiredService<ITrajectoryHistory>(), outcomes, new TellingOutcomes(trusted), embedder, _traffic.Time, NullLogger<LiveLearning>.Instance);
}
