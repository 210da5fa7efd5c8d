using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Authentication;

namespace Orchestra.Gateway.Tests.Authentication;

public sealed class BearerTokenTests
{
    [Theory]
    [InlineData("Bearer sk-1", "sk-1")]
    [InlineData("bearer sk-1", "sk-1")]
    [InlineData("BEARER   sk-1  ", "sk-1")]
    [InlineData("Basic sk-1", null)]
    [InlineData("Bearersk-1", null)]
    [InlineData("sk-1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_token_is_what_follows_the_scheme(string? header, string? token) => Of(header).ShouldBe(token);

    [Fact]
    public void Two_headers_are_none_since_each_party_could_believe_another() => Of("Bearer good", "Bearer bad").ShouldBeNull();

    [Fact]
    public void A_header_longer_than_any_key_is_none()
    {
        Of("Bearer " + new string('k', 505)).ShouldNotBeNull();
        Of("Bearer " + new string('k', 506)).ShouldBeNull();
    }

    [Fact]
    public void A_refusal_says_how_to_send_a_key_and_not_what_was_wrong()
    {
        var error = BearerToken.Refused("API key", "ask for one");

        (error.Code, error.Status).ShouldBe((ErrorCode.InvalidApiKey, 401));
        error.Message.ShouldContain("Authorization: Bearer");
        error.Message.ShouldContain("ask for one");
    }

    private static string? Of(params string?[] headers)
    {
        var request = new DefaultHttpContext().Request;
        if (headers is not [null])
            request.Headers.Authorization = headers;
        return BearerToken.Of(request);
    }
}
