using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Configuration;

public sealed class OrchestraOptionsValidatorTests
{
    private static ExpertOptions Chat() => new() { Kind = "openai", Endpoint = "http://127.0.0.1:8000/v1", Price = new PriceOptions() };

    private static string Errors(OrchestraOptions options) => Should.Throw<OrchestraException>(() => OrchestraOptionsValidator.Check(options)).Message;

    [Fact]
    public void Defaults_are_right() => OrchestraOptionsValidator.Check(new OrchestraOptions());

    [Fact]
    public void An_expert_without_a_price_is_refused()
    {
        var expert = Chat();
        expert.Price = null;
        Errors(new OrchestraOptions { Experts = { ["small"] = expert } }).ShouldContain("Orchestra:Experts:small:Price is missing");
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var wrong = Chat();
        wrong.Endpoint = "ftp://somewhere";
        wrong.Price!.InputPerMillion = -1;
        wrong.Skills = ["juggling"];
        wrong.Retries = 11;
        var options = new OrchestraOptions { Experts = { ["orchestra"] = wrong, ["b"] = new ExpertOptions { Kind = "oracle" } } };
        options.Conductor.MaxTurns = 0;
        options.Storage.Kind = "stone";
        var message = Errors(options);
        foreach (var part in (string[])["8 errors", "Endpoint", "InputPerMillion", "juggling", "Retries", "not 'orchestra'", "'oracle'", "MaxTurns", "'stone'"])
            message.ShouldContain(part, customMessage: message);
    }

    [Theory]
    [InlineData("http://user:secret@host/v1")]
    [InlineData("not an address")]
    [InlineData("file:///etc/passwd")]
    public void Endpoints_are_plain_web_addresses(string endpoint)
    {
        var expert = Chat();
        expert.Endpoint = endpoint;
        Errors(new OrchestraOptions { Experts = { ["small"] = expert } }).ShouldContain("Endpoint");
    }

    [Theory]
    [InlineData("0.0000000001")]
    [InlineData("-0.1")]
    [InlineData("1000001")]
    public void Prices_are_exact_and_sane(string price)
    {
        var expert = Chat();
        expert.Price!.OutputPerMillion = decimal.Parse(price);
        Errors(new OrchestraOptions { Experts = { ["small"] = expert } }).ShouldContain("OutputPerMillion");
    }

    [Fact]
    public void An_analyser_must_be_an_expert()
    {
        var options = new OrchestraOptions { Experts = { ["small"] = Chat() } };
        options.Conductor.Analyser = "small";
        OrchestraOptionsValidator.Check(options);
        options.Conductor.Analyser = "nobody";
        Errors(options).ShouldContain("Analyser");
    }

    [Fact]
    public void An_embeddings_endpoint_is_checked()
    {
        var options = new OrchestraOptions();
        options.Learning.Embeddings = new EmbeddingOptions { Endpoint = "here", ApiKeyEnv = "ORCHESTRA_TEST_NOT_SET", Dimensions = 5_000, Timeout = TimeSpan.Zero };
        var message = Errors(options);
        foreach (var part in (string[])["5 errors", "Endpoint is 'here'", "Model must", "ORCHESTRA_TEST_NOT_SET", "Dimensions is 5000", "Timeout is"])
            message.ShouldContain(part, customMessage: message);
        options.Learning.Embeddings = new EmbeddingOptions { Endpoint = "http://user:secret@host/v1", Model = "m" };
        Errors(options).ShouldNotContain("secret");
    }

    [Fact]
    public void Shadow_comparisons_need_somebody_who_pays()
    {
        Errors(new OrchestraOptions { Learning = { Shadow = { Share = 0.01 } } }).ShouldContain("Orchestra:Learning:Shadow:Tenant is missing");
        OrchestraOptionsValidator.Check(new OrchestraOptions { Learning = { Shadow = { Share = 0.01, Tenant = "lab" } } });
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Shadow_comparisons_stay_within_their_bounds(double share)
    {
        var message = Errors(new OrchestraOptions { Learning = { Shadow = { Share = share, Tenant = "No Tenant", MaxQueued = 0, MaxConcurrency = 65 } } });
        message.ShouldContain("4 errors");
        message.ShouldContain("Orchestra:Learning:Shadow:Share");
    }

    [Fact]
    public void The_rollout_of_policies_stays_within_its_bounds_and_all_errors_are_reported_at_once()
    {
        var wrong = new RolloutOptions { FalseRollbackRate = double.NaN, CostTolerance = -0.1, RejectionTolerance = double.PositiveInfinity, MinQueries = 49, FeedbackWindow = TimeSpan.FromDays(2), Poll = TimeSpan.Zero };
        var message = Errors(new OrchestraOptions { Learning = { Rollout = wrong } });
        message.ShouldContain("6 errors");
        foreach (var property in typeof(RolloutOptions).GetProperties())
            message.ShouldContain($"Orchestra:Learning:Rollout:{property.Name} is ");
    }
}
