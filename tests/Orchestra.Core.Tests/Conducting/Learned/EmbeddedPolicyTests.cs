using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;
using Orchestra.Core.Tests.Conversations;
using Orchestra.Core.Tests.Learning.Embeddings;

namespace Orchestra.Core.Tests.Conducting.Learned;

/// <summary>A policy whose vectors come from an endpoint: a real HTTP server that answers, stalls or fails.</summary>
public sealed class EmbeddedPolicyTests
{
    private static readonly ExpertDescriptor[] Catalogue = [Scene.Chat("small", 1), Scene.Chat("large", 10)];

    /// <summary>Queries about the left lie in one direction and all others in another; there the small expert is right, and here it is wrong.</summary>
    private static readonly RequestDelegate Answer = async context =>
    {
        var isLeft = EmbeddingServer.InputOf(context).Contains("left", StringComparison.Ordinal);
        await context.Response.WriteAsync(EmbeddingServer.Reply([isLeft ? 1 : 0, isLeft ? 0 : 1, .. new double[EmbeddingServer.Dimensions - 2]]));
    };

    [Fact]
    public async Task A_policy_is_trained_with_an_endpoint_and_its_file_says_so()
    {
        await using var server = await EmbeddingServer.StartAsync(Answer);
        using var embedder = server.Embedder();

        var policy = await TrainAsync(embedder);

        policy.Embedder.ShouldBe("openai-m-16");
        Policy.Parse(policy.ToBytes()).Embedder.ShouldBe("openai-m-16");
        policy.Weights.Memory.Dimensions.ShouldBe(16);
        PolicyEmbedder.Check(policy, embedder);
        var error = Should.Throw<OrchestraException>(() => PolicyEmbedder.Check(policy, new HashedEmbedder()));
        error.Code.ShouldBe(ErrorCode.InvalidPolicy);
        error.Message.ShouldContain("'openai-m-16'");
        error.Message.ShouldContain("'hashed-1-128'");
        error.Message.ShouldContain("Orchestra:Learning:Embeddings");
    }

    [Fact]
    public void A_file_that_names_no_embedder_was_made_with_Orchestras_own() => Policy.Parse(PolicyBytes.Of(1)).Embedder.ShouldBe(new HashedEmbedder().Id);

    [Fact]
    public async Task Similar_queries_decide_and_a_query_is_embedded_once()
    {
        await using var server = await EmbeddingServer.StartAsync(Answer);
        using var embedder = server.Embedder();
        var conductor = Conductor(await TrainAsync(embedder), embedder, TimeProvider.System);
        var trained = server.Requests.Count;

        var left = await ChanceAsync(conductor, "What lies to the left of number 3000?");
        var right = await ChanceAsync(conductor, "What lies to the right of number 3001?");
        left.ShouldBeGreaterThan(right * 2);

        var situation = Scene.Of("What lies to the left of number 4000?", Catalogue);
        for (var turn = 0; turn < 3; turn++)
            await conductor.DecideAsync(situation with { Turn = 1 + turn }, default);
        server.Requests.Count.ShouldBe(trained + 3);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "no json")]
    [InlineData(200, """{"data":[{"embedding":[1,2,3]}]}""")]
    public async Task Where_the_endpoint_fails_the_conductor_decides_without_similar_queries(int status, string body)
    {
        var isWell = true;
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            if (isWell)
            {
                await Answer(context);
                return;
            }

            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        using var embedder = server.Embedder();
        var conductor = Conductor(await TrainAsync(embedder), embedder, TimeProvider.System);
        isWell = false;

        (await conductor.DecideAsync(Scene.Of("What lies to the left of number 3000?", Catalogue), default)).Odds.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_endpoint_that_stalls_costs_a_query_its_limit_once()
    {
        var time = new FakeTimeProvider();
        var isWell = true;
        var stalled = 0;
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            if (isWell)
            {
                await Answer(context);
                return;
            }

            Interlocked.Increment(ref stalled);
            // A tenth of the query's minute is over as soon as the request has arrived.
            time.Advance(TimeSpan.FromSeconds(7));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var embedder = server.Embedder(time: time);
        var conductor = Conductor(await TrainAsync(embedder), embedder, time);
        isWell = false;
        var situation = Scene.Of("What lies to the left of number 3000?", Catalogue);

        for (var turn = 0; turn < 3; turn++)
            (await conductor.DecideAsync(situation, default)).Odds.ShouldNotBeNull();

        stalled.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_wait()
    {
        using var client = new CancellationTokenSource();
        var isWell = true;
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            if (isWell)
            {
                await Answer(context);
                return;
            }

            await client.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var embedder = server.Embedder();
        var conductor = Conductor(await TrainAsync(embedder), embedder, TimeProvider.System);
        isWell = false;

        await Should.ThrowAsync<OperationCanceledException>(async () => await conductor.DecideAsync(Scene.Of("What lies to the left of number 3000?", Catalogue), client.Token));
    }

    private static async Task<Policy> TrainAsync(OpenAIEmbedder embedder)
    {
        var rows = Enumerable.Range(0, 80).Select(i => new OutcomeRow($"row-{i}", "toy", $"What lies to the {(i % 2 == 0 ? "left" : "right")} of number {i}?", new Dictionary<string, Outcome>
        {
            ["small"] = new(i % 2 == 0 ? 1 : 0) { CostUsd = 0.0001m, InputTokens = 10, OutputTokens = 10 + i },
            ["large"] = new(1) { CostUsd = 0.01m, InputTokens = 10, OutputTokens = 10 + i },
        })).ToList();
        var table = ReplayTable.Create(rows);
        table = table.With(await RowVectors.ReadAsync(table, embedder, TimeProvider.System, default));
        return PolicyTrainer.Train(table, new TrainingOptions { Epochs = 0 }, null, default);
    }

    private static LearnedConductor Conductor(Policy policy, IEmbedder embedder, TimeProvider time)
    {
        var outcomes = new LiveOutcomes(new ExpertCatalogue(Catalogue.Select(expert => new ScriptedExpert(expert.Name, expert.Price))));
        var vectors = new QueryVectors(embedder, time, NullLogger<QueryVectors>.Instance);
        return LearnedConductor.Live(policy.Id, outcomes.Follow(policy), vectors, new ScriptedConductor(_ => throw new InvalidOperationException("The policy decides.")), new LearnedOptions { Explore = 0.5 }, new Random(1));
    }

    /// <summary>The chance that the small expert is asked first.</summary>
    private static async Task<double> ChanceAsync(LearnedConductor conductor, string query) =>
        (await conductor.DecideAsync(Scene.Of(query, Catalogue), default)).Odds!.Moves["delegate:small"];
}
