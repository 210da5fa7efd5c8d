using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Orchestra.Gateway.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>: the API's description, the same for everybody and without a key.</summary>
internal sealed class OpenApiEndpoint
{
    private const string Resource = "Orchestra.Gateway.OpenApi.openapi.v1.json";
    private readonly byte[] _document;
    private readonly string _tag;

    public OpenApiEndpoint()
    {
        using var stream = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(Resource)!;
        _document = new byte[stream.Length];
        stream.ReadExactly(_document);
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_document).AsSpan(0, 8))}\"";
    }

    /// <summary>Sends the document, or 304 to a client that has this one.</summary>
    public Task ServeAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = _tag;
        // Kept, but asked about each time: an upgrade changes it.
        response.Headers.CacheControl = "public, no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Tag == "*" || tag.Tag == _tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json";
        response.ContentLength = _document.Length;
        return response.Body.WriteAsync(_document, context.RequestAborted).AsTask();
    }
}
