using Orchestra.Core.Errors;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Tests.Experts.OpenAI;

public sealed class OpenAIExpertOptionsTests
{
    private static readonly OpenAIExpertOptions Good = Bench.Options(new Uri("http://host:9101/v1"));

    [Fact]
    public void The_defaults_are_valid() => OpenAIExpertOptionsValidator.Errors(Good).ShouldBeEmpty();

    [Fact]
    public void The_text_form_never_shows_the_key()
    {
        Good.ToString().ShouldBe("small (mixtral at host:9101)");
        $"{Good with { Model = "other" }}".ShouldNotContain(Bench.Key);
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        var wrong = Good with
        {
            Endpoints = [new Uri("ftp://host/v1"), new Uri("http://user:pass@host/v1"), new Uri("/v1", UriKind.Relative)],
            ApiKey = "with\r\nnewline",
            MaxConcurrency = 0,
            AttemptTimeout = TimeSpan.Zero,
            BreakerFailureRatio = double.NaN,
            MaxTokensField = "\"x",
        };

        var problems = OpenAIExpertOptionsValidator.Errors(wrong);

        problems.Count.ShouldBe(8);
        var error = Should.Throw<OrchestraException>(() => new OpenAIExpert(wrong, TimeProvider.System, new ListLogger()));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldNotContain("newline");
        error.Message.ShouldNotContain("pass@");
    }
}
