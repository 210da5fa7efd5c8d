using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Tests.Chat;

public class TokenUsageReaderTests
{
    [Theory]
    [InlineData("{\"prompt_tokens\":1,\"completion_tokens\":2}", 1, 2)]
    [InlineData("{\"total_tokens\":9,\"completion_tokens\":0,\"x\":{\"prompt_tokens\":5},\"prompt\\u005ftokens\":0}", 0, 0)]
    [InlineData("{\"prompt_tokens\":1000000000,\"completion_tokens\":1000000000}", 1_000_000_000, 1_000_000_000)]
    public void Both_counts_are_read(string usage, long input, long output) => Read(usage).ShouldBe(new TokenUsage(input, output));

    [Theory]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("\"many\"")]
    [InlineData("{}")]
    [InlineData("{\"prompt_tokens\":1}")]
    [InlineData("{\"completion_tokens\":1}")]
    [InlineData("{\"prompt_tokens\":null,\"completion_tokens\":1}")]
    [InlineData("{\"prompt_tokens\":-1,\"completion_tokens\":1}")]
    [InlineData("{\"prompt_tokens\":1.5,\"completion_tokens\":1}")]
    [InlineData("{\"prompt_tokens\":\"1\",\"completion_tokens\":1}")]
    [InlineData("{\"prompt_tokens\":1,\"completion_tokens\":1000000001}")]
    [InlineData("{\"prompt_tokens\":1,\"completion_tokens\":99999999999999999999}")]
    [InlineData("{\"prompt_tokens\":{\"a\":[1]},\"completion_tokens\":1}")]
    public void Counts_that_are_missing_or_absurd_are_none(string usage) => Read(usage).ShouldBeNull();

    private static TokenUsage? Read(string usage)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"usage\":{usage},\"after\":1}}"));
        reader.Read();
        reader.Read();
        var read = TokenUsageReader.Read(ref reader);
        reader.Read().ShouldBeTrue();
        reader.ValueTextEquals("after").ShouldBeTrue();
        return read;
    }
}
