using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.Admin;

/// <summary>Short forms for calls of the admin API.</summary>
internal static class AdminCalls
{
    public static Task<HttpResponseMessage> CallAsync(this HttpClient client, string method, string path, string? body = null, string? ifMatch = null, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return client.SendAsync(request);
    }

    /// <summary>The JSON of an answer that must have this status.</summary>
    public static async Task<JsonNode> ExpectAsync(this HttpClient client, HttpStatusCode status, string method, string path, string? body = null, string? ifMatch = null, string? idempotencyKey = null)
    {
        using var response = await client.CallAsync(method, path, body, ifMatch, idempotencyKey);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{method} {path} {body}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static Task<JsonNode> OkAsync(this HttpClient client, string method, string path, string? body = null, string? ifMatch = null, string? idempotencyKey = null) =>
        client.ExpectAsync(HttpStatusCode.OK, method, path, body, ifMatch, idempotencyKey);

    public static Task<JsonNode> CreateAsync(this HttpClient client, string path, string body) => client.ExpectAsync(HttpStatusCode.Created, "POST", path, body);

    /// <summary>The error of an answer that must have this status and code; its message must say something.</summary>
    public static async Task<(string Message, string? Param)> FailAsync(
        this HttpClient client, HttpStatusCode status, string code, string method, string path, string? body = null, string? ifMatch = null, string? idempotencyKey = null)
    {
        var error = (await client.ExpectAsync(status, method, path, body, ifMatch, idempotencyKey))["error"]!;
        ((string?)error["code"]).ShouldBe(code);
        return ((string)error["message"]!, (string?)error["param"]);
    }

    /// <summary>The values of one field in a list's data.</summary>
    public static string[] Of(this JsonNode list, string field) => [.. list["data"]!.AsArray().Select(item => (string)item![field]!)];
}
