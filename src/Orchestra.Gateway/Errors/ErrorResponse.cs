using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Limits;

namespace Orchestra.Gateway.Errors;

/// <summary>Writes errors as OpenAI's clients read them: <c>{"error": {"message", "type", "code", "param"}}</c>.</summary>
internal static class ErrorResponse
{
    /// <summary>Quotes stay readable in a terminal; the body is JSON and never part of a page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the error as the response; nothing may have been sent yet.</summary>
    public static Task WriteAsync(HttpContext context, OrchestraException error)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (error.TrajectoryId is { } trajectory)
            response.Headers[ResponseHeaders.Trajectory] = trajectory;
        if (context.Features.Get<RateLease>() is { } lease)
            RateLimitHeaders.Write(response, lease);
        if (error.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (!IsWorthARetry(error))
            response.Headers[ResponseHeaders.ShouldRetry] = "false";
        if (error.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        var body = Body(error);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The error object's JSON, UTF-8.</summary>
    public static byte[] Body(OrchestraException error)
    {
        using var stream = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, error.Message);
            json.WriteString("type"u8, TypeOf(error));
            json.WriteString("code"u8, error.Code);
            json.WriteString("param"u8, error.Param);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Official clients retry 408, 409, 429 and 5xx by themselves; this tells them where that only costs time.</summary>
    private static bool IsWorthARetry(OrchestraException error) => error.Code is not (ErrorCode.InsufficientQuota or ErrorCode.NoExpert or ErrorCode.Conflict);

    private static string TypeOf(OrchestraException error) => error switch
    {
        { Code: ErrorCode.InsufficientQuota } => "insufficient_quota",
        { Status: 401 } => "authentication_error",
        { Status: 403 } => "permission_error",
        { Status: 404 } => "not_found_error",
        { Status: 429 } => "rate_limit_error",
        { Status: >= 500 } => "server_error",
        _ => "invalid_request_error",
    };
}
