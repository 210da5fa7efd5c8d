using System.Net;
using Orchestra.Core.Trajectories;
using Orchestra.Gateway.Tests.Admin;
using Orchestra.Gateway.Tests.OpenApi;

namespace Orchestra.Gateway.Tests.Feedback;

public sealed class FeedbackEndpointTests
{
    private const string Path = "/v1/feedback";

    [Fact]
    public async Task Feedback_on_a_queued_trajectory_is_kept_and_the_last_of_a_key_wins()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        using var admin = gateway.Admin();
        var document = await OpenApiDocument.ReadAsync(gateway);
        await client.OkAsync("POST", Path, """{"trajectory":"traj_1","score":0.25,"comment":"meh"}""");
        var kept = await client.OkAsync("POST", Path, """{"trajectory":"traj_1","thumbs":"up","correct_answer":"4","score":null}""");

        kept["kept"]!.AsArray().Select(name => (string)name!).ShouldBe(["score", "correct_answer"]);
        document.Differences(document.SchemaOf("POST", Path, "200"), kept, "feedback").ShouldBeEmpty();
        var shown = (await admin.OkAsync("GET", "/admin/trajectories/traj_1"))["feedback"]!.AsArray().ShouldHaveSingleItem()!;
        ((double)shown["score"]!, (string?)shown["correct_answer"], shown["comment"]).ShouldBe((1, "4", null));
        document.Differences(document.Find("#/components/schemas/Feedback")!, shown, "shown").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"trajectory":"traj_1"}""", "score")]
    [InlineData("""{"score":1}""", "trajectory")]
    [InlineData("""{"trajectory":5,"score":1}""", "trajectory")]
    [InlineData("""{"trajectory":"traj_1","score":1,"thumbs":"up"}""", "thumbs")]
    [InlineData("""{"trajectory":"traj_1","thumbs":"sideways"}""", "thumbs")]
    [InlineData("""{"trajectory":"traj_1","score":1.01}""", "score")]
    [InlineData("""{"trajectory":"traj_1","score":-1e-9}""", "score")]
    [InlineData("""{"trajectory":"traj_1","score":1e999}""", "score")]
    [InlineData("""{"trajectory":"traj_1","score":"1"}""", "score")]
    [InlineData("""{"trajectory":"traj_1","comment":"  "}""", "comment")]
    [InlineData("""{"trajectory":"traj_1","correct_answer":"\ud800"}""", "correct_answer")]
    [InlineData("""{"trajectory":"traj_1","score":1,"reward":1}""", "reward")]
    [InlineData("[]", "body")]
    public async Task What_makes_no_sense_is_refused_and_named(string body, string field)
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        (await client.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", Path, body)).Param.ShouldBe(field);
    }

    [Fact]
    public async Task Texts_and_bodies_have_bounds()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        await client.OkAsync("POST", Path, $$"""{"trajectory":"traj_1","correct_answer":"{{new string('ü', 4_000)}}","comment":"{{new string('x', 2_000)}}"}""");
        (await client.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", Path, $$"""{"trajectory":"traj_1","correct_answer":"{{new string('x', 4_001)}}"}""")).Param.ShouldBe("correct_answer");
        (await client.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", Path, $$"""{"trajectory":"traj_1","comment":"{{new string('x', 2_001)}}"}""")).Param.ShouldBe("comment");
        await client.FailAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large", "POST", Path, $$"""{"trajectory":"traj_1","comment":"{{new string('x', 70_000)}}"}""");
    }

    [Fact]
    public async Task Another_tenants_trajectory_is_as_unknown_as_one_that_there_never_was()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client();
        await gateway.Trajectories.AddAsync(Example("traj_2", "other"));
        var other = await client.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", Path, """{"trajectory":"traj_2","score":1}""");
        foreach (var id in new[] { "traj_3", "a\\u0000b", "' OR 1=1 --", new string('x', 500) })
            (await client.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", Path, $$"""{"trajectory":"{{id}}","score":1}""")).ShouldBe(other);
        using var stranger = gateway.Client("sk-orch-nobody");
        await stranger.FailAsync(HttpStatusCode.Unauthorized, "invalid_api_key", "POST", Path, """{"trajectory":"traj_1","score":1}""");
    }

    private static async Task<RunningGateway> StartAsync()
    {
        var gateway = await RunningGateway.StartAsync();
        await gateway.Trajectories.AddAsync(Example("traj_1", "default"));
        return gateway;
    }

    private static Trajectory Example(string id, string tenant) => new()
    {
        Id = id, TenantId = tenant, KeyId = "k1", StartedAt = TimeProvider.System.GetUtcNow(), Duration = TimeSpan.Zero, Model = "orchestra", Outcome = "answered",
    };
}
