using Orchestra.Core.Budgets;
using Orchestra.Core.Experts.Discovery;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Core.Tests.Experts.Discovery;

public sealed class ExpertDiscoveryTests
{
    private static readonly ExpertDiscoveryOptions Nowhere = new() { Servers = [] };

    [Fact]
    public async Task With_nothing_there_it_says_what_it_looked_for()
    {
        var found = await FindAsync(new ExpertDiscoveryOptions { Servers = [new LocalServer("Ollama", FaultyUpstream.NobodyHome())] });

        found.Experts.ShouldBeEmpty();
        found.Report.Count.ShouldBe(2);
        found.Report[0].ShouldContain("OPENAI_API_KEY, ANTHROPIC_API_KEY, GROQ_API_KEY, TOGETHER_API_KEY, MISTRAL_API_KEY, DEEPSEEK_API_KEY, OPENROUTER_API_KEY, GEMINI_API_KEY");
        found.Report[1].ShouldContain("Ollama at 127.0.0.1");
    }

    [Fact]
    public async Task A_key_in_the_environment_brings_a_cheap_and_a_strong_expert_with_prices()
    {
        var found = await FindAsync(Nowhere, ("OPENAI_API_KEY", " sk-abc\n"));

        found.Experts.Select(expert => expert.Name).ShouldBe(["gpt-4.1-mini", "gpt-4.1"]);
        found.Experts[0].Price.InputPerMillion.ShouldBe(Money.FromDollars(0.40m));
        found.Experts.ShouldAllBe(expert => expert.ApiKey == "sk-abc" && expert.Endpoints[0] == new Uri("https://api.openai.com/v1"));
        found.Report[0].ShouldContain("OPENAI_API_KEY");
        found.Report[0].ShouldContain("Check these list prices");
        found.Report.ShouldAllBe(sentence => !sentence.Contains("sk-abc"));
    }

    [Fact]
    public async Task All_keys_together_give_experts_with_unique_names_and_valid_settings()
    {
        var found = await new ExpertDiscovery(Nowhere, _ => "sk-1", TimeProvider.System).FindAsync(CancellationToken.None);

        found.Experts.Count.ShouldBe(16);
        found.Experts.Select(expert => expert.Name).Distinct().Count().ShouldBe(16);
        found.Experts.ShouldAllBe(expert => OpenAIExpertOptionsValidator.Errors(expert).Count == 0 && !expert.Price.IsFree && expert.ContextWindow > 0);
        found.Experts.Chunk(2).ShouldAllBe(pair => pair[0].Price.CostOf(1000, 1000) <= pair[1].Price.CostOf(1000, 1000));
    }

    [Fact]
    public async Task What_cannot_be_a_key_is_reported_and_not_repeated()
    {
        var found = await FindAsync(Nowhere, ("GROQ_API_KEY", "two words"));

        found.Experts.ShouldBeEmpty();
        found.Report[0].ShouldContain("GROQ_API_KEY");
        found.Report.ShouldAllBe(sentence => !sentence.Contains("two words"));
    }

    [Fact]
    public async Task Models_of_a_local_server_become_free_experts()
    {
        await using var server = Server("""{"data":[{"id":"llama3.2:3b"},{"id":"nomic-embed-text"},{"id":"org/Qwen 3\"x","max_model_len":4096},{"id":"other/qwen-3-x"},{"id":"/m/file.gguf"},{"id":7},{}]}""");

        var found = await FindAsync(Only(server));

        found.Experts.Select(expert => expert.Name).ShouldBe(["llama3.2-3b", "qwen-3-x", "vllm-qwen-3-x", "file"]);
        found.Experts[0].Model.ShouldBe("llama3.2:3b");
        found.Experts[1].ContextWindow.ShouldBe(4096);
        found.Experts.ShouldAllBe(expert => expert.Price.IsFree && expert.Endpoints[0] == server.Endpoint && expert.ApiKey == null);
        found.Report.ShouldContain(sentence => sentence.StartsWith("Found vLLM") && sentence.Contains("vllm-qwen-3-x"));
        server.Requests[0].Line.ShouldBe("GET /v1/models HTTP/1.1");
    }

    [Fact]
    public async Task No_more_than_eight_models_are_taken_from_a_server()
    {
        await using var server = Server($$"""{"data":[{{string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"id":"m{{i}}"}"""))}}]}""");

        (await FindAsync(Only(server))).Experts.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("orchestra", "vllm-orchestra")]
    [InlineData("Calculator", "vllm-calculator")]
    [InlineData("///", "vllm")]
    public async Task Names_that_mean_something_else_are_not_taken(string model, string name)
    {
        await using var server = Server($$"""{"data":[{"id":"{{model}}"}]}""");

        (await FindAsync(Only(server))).Experts.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("<html>not a model server</html>")]
    [InlineData("""{"data":{}}""")]
    [InlineData("[]")]
    public async Task Something_else_on_the_port_is_not_taken_for_a_server(string body)
    {
        await using var server = Server(body);

        var found = await FindAsync(Only(server));

        found.Experts.ShouldBeEmpty();
        found.Report.ShouldContain(sentence => sentence.Contains("no list of models"));
    }

    [Fact]
    public async Task A_list_without_end_is_not_read_to_its_end()
    {
        await using var server = new FaultyUpstream(async exchange =>
        {
            await exchange.BeginAsync("application/json");
            while (true)
                await exchange.ChunkAsync(new string(' ', 60_000));
        });

        (await FindAsync(Only(server))).Experts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_not_waited_for()
    {
        var time = new ManualTime();
        await using var server = new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync());
        await using var other = Server("""{"data":[{"id":"quick"}]}""");
        var options = new ExpertDiscoveryOptions { Servers = [new LocalServer("Slow", server.Endpoint), new LocalServer("Quick", other.Endpoint)] };

        var finding = new ExpertDiscovery(options, _ => null, time).FindAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => server.Requests.Count > 0 && other.Requests.Count > 0);
        finding.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(300));

        (await finding).Report.ShouldContain(sentence => sentence.Contains("Slow"));
    }

    [Fact]
    public async Task The_node_does_not_look_for_itself()
    {
        await using var server = Server("""{"data":[{"id":"orchestra"}]}""");

        var found = await FindAsync(Only(server) with { OwnPorts = [server.Endpoint.Port] });

        server.Connections.ShouldBe(0);
        found.Report.ShouldContain(sentence => sentence.Contains("this node listens there"));
    }

    [Fact]
    public async Task The_caller_can_stop_it()
    {
        await using var server = new FaultyUpstream(exchange => exchange.UntilClientLeavesAsync());
        using var caller = new CancellationTokenSource();
        var finding = new ExpertDiscovery(Only(server), _ => null, new ManualTime()).FindAsync(caller.Token);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => finding);
    }

    private static FaultyUpstream Server(string body) => new(exchange => exchange.ReplyAsync(200, body));

    private static ExpertDiscoveryOptions Only(FaultyUpstream server) => new() { Servers = [new LocalServer("vLLM", server.Endpoint)], ServerTimeout = TimeSpan.FromSeconds(30) };

    private static Task<DiscoveredExperts> FindAsync(ExpertDiscoveryOptions options, params (string Name, string Value)[] environment) =>
        new ExpertDiscovery(options, name => Array.Find(environment, pair => pair.Name == name).Value, TimeProvider.System).FindAsync(CancellationToken.None);
}
