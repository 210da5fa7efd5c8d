using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Core.Tests.Learning.Embeddings;

public sealed class OpenAIEmbedderTests
{
    private const string Secret = "a-secret-prompt";
    private static readonly double[] Vector = [3, 4, .. new double[EmbeddingServer.Dimensions - 2]];
    private static readonly string Good = EmbeddingServer.Reply(Vector);

    [Fact]
    public async Task The_endpoint_is_asked_as_the_API_says_and_its_vector_brought_to_length_one()
    {
        await using var server = await EmbeddingServer.StartAsync(200, Good);
        using var embedder = server.Embedder("sk-1");
        var vector = await EmbedAsync(embedder, "some text");
        vector[0].ShouldBe(0.6f, 1e-6f);
        vector[1].ShouldBe(0.8f, 1e-6f);
        vector.Skip(2).ShouldAllBe(number => number == 0);
        server.Keys.ShouldBe(["POST /v1/embeddings Bearer sk-1"]);
        server.Requests[0].GetRawText().ShouldBe("""{"model":"m","input":"some text","encoding_format":"float","dimensions":16}""");
        (embedder.Id, embedder.Dimensions, embedder.IsLocal).ShouldBe(("openai-m-16", 16, false));
    }

    [Fact]
    public async Task A_model_of_one_length_is_not_asked_for_another()
    {
        await using var server = await EmbeddingServer.StartAsync(200, Good);
        using var embedder = server.Embedder(change: options => options.Shorten = false);
        await EmbedAsync(embedder, "some text");
        server.Requests[0].TryGetProperty("dimensions", out _).ShouldBeFalse();
        server.Keys.ShouldBe(["POST /v1/embeddings "]);
    }

    [Fact]
    public async Task A_text_is_asked_for_once()
    {
        await using var server = await EmbeddingServer.StartAsync(200, Good);
        using var embedder = server.Embedder();
        var first = await EmbedAsync(embedder, "one");
        (await EmbedAsync(embedder, "one")).ShouldBe(first);
        await EmbedAsync(embedder, "two");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_text_without_words_is_all_zeros_and_not_sent()
    {
        await using var server = await EmbeddingServer.StartAsync(200, Good);
        using var embedder = server.Embedder();
        (await EmbedAsync(embedder, " ?!\n")).ShouldAllBe(number => number == 0);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_long_text_beginning_and_end_are_sent()
    {
        await using var server = await EmbeddingServer.StartAsync(200, Good);
        using var embedder = server.Embedder();
        await EmbedAsync(embedder, $"begin {new string('x', 100_000)} end");
        var input = server.Requests[0].GetProperty("input").GetString()!;
        input.Length.ShouldBeLessThan(HashedEmbedder.MaxCharacters + 100);
        input.ShouldStartWith("begin ");
        input.ShouldEndWith(" end");
    }

    public static TheoryData<int, string, string> Faults() => new()
    {
        { 200, "no json", "not JSON" },
        { 200, "[]", "not one embedding" },
        { 200, """{"data":[]}""", "not one embedding" },
        { 200, """{"data":[{"embedding":"AAAA"}]}""", "not one embedding" },
        { 200, EmbeddingServer.Reply([1, 2, 3]), "vector of 3 numbers" },
        { 200, EmbeddingServer.Reply(new double[17]), "vector of 17 numbers" },
        { 200, Good.Replace("[3,", "[null,"), "something else than numbers" },
        { 200, Good.Replace("[3,", "[1e999,"), "not finite" },
        { 200, Good + new string(' ', 200_000), "more than" },
        { 301, "{}", "redirects" },
        { 400, $$"""{"error": {"message": "{{Secret}} is not nice"} }""", "Shorten" },
        { 401, "{}", "ApiKeyEnv" },
        { 404, "{}", "Endpoint" },
        { 500, "{}", "HTTP 500" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_reply_that_is_no_vector_is_an_error_that_says_what_to_change(int status, string reply, string says)
    {
        await using var server = await EmbeddingServer.StartAsync(status, reply);
        using var embedder = server.Embedder("sk-1");
        var error = await FailAsync(embedder, Secret);
        error.Code.ShouldBe(ErrorCode.UpstreamFailed);
        error.Message.ShouldContain(says);
        error.ToString().ShouldNotContain(Secret);
        error.ToString().ShouldNotContain("sk-1");
    }

    [Fact]
    public async Task A_vector_of_zeros_stays_one()
    {
        await using var server = await EmbeddingServer.StartAsync(200, EmbeddingServer.Reply(new double[16]));
        using var embedder = server.Embedder();
        (await EmbedAsync(embedder, "text")).ShouldAllBe(number => number == 0);
    }

    [Fact]
    public async Task A_reply_that_does_not_come_in_time_is_given_up()
    {
        var time = new FakeTimeProvider();
        // The time is over as soon as the request has arrived.
        await using var server = await EmbeddingServer.StartAsync(context =>
        {
            time.Advance(TimeSpan.FromMinutes(2));
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var embedder = server.Embedder(time: time);
        (await FailAsync(embedder, "text")).Code.ShouldBe(ErrorCode.UpstreamTimeout);
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_fault()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var embedder = server.Embedder();
        await Should.ThrowAsync<OperationCanceledException>(async () => await embedder.EmbedAsync("text", new float[16], cancel.Token));
    }

    [Fact]
    public async Task An_endpoint_that_fails_again_and_again_is_left_alone_for_a_while()
    {
        var time = new FakeTimeProvider();
        var isWell = false;
        await using var server = await EmbeddingServer.StartAsync(async context =>
        {
            context.Response.StatusCode = isWell ? 200 : 503;
            await context.Response.WriteAsync(Good);
        });
        using var embedder = server.Embedder(time: time);
        for (var i = 0; i < 8; i++)
            await FailAsync(embedder, "text");
        server.Requests.Count.ShouldBe(5);
        (await FailAsync(embedder, "text")).Message.ShouldContain("left alone");
        isWell = true;
        time.Advance(TimeSpan.FromSeconds(16));
        (await EmbedAsync(embedder, "text"))[0].ShouldBe(0.6f, 1e-6f);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_an_error()
    {
        using var embedder = new OpenAIEmbedder(new EmbeddingOptions { Endpoint = FaultyUpstream.NobodyHome().ToString(), Model = "m" }, null, TimeProvider.System);
        (await FailAsync(embedder, "text")).Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public void Settings_are_checked()
    {
        Should.Throw<OrchestraException>(() => new OpenAIEmbedder(new EmbeddingOptions { Endpoint = "ftp://here" }, null, TimeProvider.System))
            .Message.ShouldContain("Orchestra:Learning:Embeddings:Endpoint");
        Should.Throw<ArgumentException>(() => new OpenAIEmbedder(new EmbeddingOptions(), null, TimeProvider.System));
    }

    [Fact]
    public void The_cache_is_bounded_and_keeps_what_is_asked_for()
    {
        var cache = new VectorCache(10);
        var first = VectorKey.Of("first");
        cache.Add(first, [1]);
        for (var i = 0; i < 100; i++)
        {
            cache.Add(VectorKey.Of($"{i}"), [i]);
            cache.Find(first).ShouldBe([1]);
        }

        Enumerable.Range(0, 100).Count(i => cache.Find(VectorKey.Of($"{i}")) is not null).ShouldBeInRange(1, 10);
    }

    private static async Task<float[]> EmbedAsync(OpenAIEmbedder embedder, string text)
    {
        var vector = new float[embedder.Dimensions];
        vector.AsSpan().Fill(9);
        await embedder.EmbedAsync(text, vector, CancellationToken.None);
        return vector;
    }

    private static async Task<OrchestraException> FailAsync(OpenAIEmbedder embedder, string text) =>
        await Should.ThrowAsync<OrchestraException>(async () => await embedder.EmbedAsync(text, new float[embedder.Dimensions], CancellationToken.None));
}
