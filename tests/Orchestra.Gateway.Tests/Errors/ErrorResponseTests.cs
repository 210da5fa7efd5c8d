using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Errors;

namespace Orchestra.Gateway.Tests.Errors;

public sealed class ErrorResponseTests
{
    [Theory]
    [InlineData(ErrorCode.InsufficientQuota, 429, "insufficient_quota")]
    [InlineData(ErrorCode.InvalidApiKey, 401, "authentication_error")]
    [InlineData(ErrorCode.Forbidden, 403, "permission_error")]
    [InlineData(ErrorCode.ModelNotFound, 404, "not_found_error")]
    [InlineData(ErrorCode.Overloaded, 429, "rate_limit_error")]
    [InlineData(ErrorCode.UpstreamFailed, 502, "server_error")]
    [InlineData(ErrorCode.NoExpert, 503, "server_error")]
    [InlineData(ErrorCode.InvalidRequest, 400, "invalid_request_error")]
    [InlineData(ErrorCode.BodyTooLarge, 413, "invalid_request_error")]
    public async Task The_type_is_the_one_that_OpenAIs_clients_know(string code, int status, string type)
    {
        var (response, error) = await WriteAsync(new OrchestraException(code, status, "No.") { Param = "model" });

        response.StatusCode.ShouldBe(status);
        response.ContentType.ShouldBe("application/json");
        error.GetProperty("type").GetString().ShouldBe(type);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldBe("No.");
        error.GetProperty("param").GetString().ShouldBe("model");
    }

    [Theory]
    [InlineData(ErrorCode.InsufficientQuota, 429, "false")]
    [InlineData(ErrorCode.NoExpert, 503, "false")]
    [InlineData(ErrorCode.Conflict, 409, "false")]
    [InlineData(ErrorCode.Overloaded, 503, null)]
    [InlineData(ErrorCode.ShuttingDown, 503, null)]
    [InlineData(ErrorCode.UpstreamFailed, 502, null)]
    public async Task Clients_are_told_where_a_retry_only_costs_time(string code, int status, string? header) =>
        (await WriteAsync(new OrchestraException(code, status, "No."))).Response.Headers[ResponseHeaders.ShouldRetry].FirstOrDefault().ShouldBe(header);

    [Theory]
    [InlineData(0, "1")]
    [InlineData(0.2, "1")]
    [InlineData(1, "1")]
    [InlineData(1.2, "2")]
    [InlineData(86_400 * 30, "2592000")]
    public async Task The_time_to_wait_is_whole_seconds_and_never_too_short(double seconds, string header) =>
        (await WriteAsync(new OrchestraException(ErrorCode.Overloaded, 503, "No.") { RetryAfter = TimeSpan.FromSeconds(seconds) })).Response.Headers.RetryAfter.ShouldBe([header]);

    [Fact]
    public async Task Headers_are_there_only_where_they_say_something()
    {
        var (plain, error) = await WriteAsync(new OrchestraException(ErrorCode.InvalidRequest, 400, "No."));
        plain.Headers.Keys.ShouldBe(["Content-Type", "Content-Length"], ignoreOrder: true);
        error.GetProperty("param").ValueKind.ShouldBe(JsonValueKind.Null);

        var (refused, _) = await WriteAsync(new OrchestraException(ErrorCode.InvalidApiKey, 401, "No.") { TrajectoryId = "traj_1" });
        refused.Headers.WWWAuthenticate.ShouldBe(["Bearer"]);
        refused.Headers[ResponseHeaders.Trajectory].ShouldBe(["traj_1"]);
    }

    [Fact]
    public async Task What_an_endpoint_had_prepared_is_dropped()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream(), StatusCode = 200, ContentLength = 7 } };
        context.Response.Headers[ResponseHeaders.Cost] = "1";

        await ErrorResponse.WriteAsync(context, new OrchestraException(ErrorCode.Internal, 500, "No."));

        context.Response.Headers.ContainsKey(ResponseHeaders.Cost).ShouldBeFalse();
        context.Response.ContentLength.ShouldBe(context.Response.Body.Length);
    }

    [Theory]
    [InlineData("\"quoted\" \\ and\nnew lines")]
    [InlineData("é, 漢字, \u0001")]
    public void Any_message_is_valid_json_on_one_line(string message)
    {
        var body = ErrorResponse.Body(new OrchestraException(ErrorCode.Internal, 500, message));

        body.ShouldNotContain((byte)'\n', "It is the data of one server-sent event, too.");
        JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString().ShouldBe(message);
    }

    private static async Task<(HttpResponse Response, JsonElement Error)> WriteAsync(OrchestraException error)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await ErrorResponse.WriteAsync(context, error);
        return (context.Response, JsonDocument.Parse(body.ToArray()).RootElement.GetProperty("error"));
    }
}
