using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Embeddings;

namespace Orchestra.Core.Tests.Learning.Embeddings;

/// <summary>An embeddings endpoint on Kestrel that answers as it is told to, and keeps what it was asked.</summary>
public sealed class EmbeddingServer : IAsyncDisposable
{
    public const int Dimensions = 16;

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<JsonElement> _requests = new();
    private readonly ConcurrentQueue<string> _keys = new();

    private EmbeddingServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var request = body.RootElement.Clone();
            context.Items[nameof(InputOf)] = request.TryGetProperty("input", out var input) ? input.GetString() : null;
            _requests.Enqueue(request);
            _keys.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
            await answer(context);
        });
    }

    /// <summary>The bodies that came, in order.</summary>
    public IReadOnlyList<JsonElement> Requests => [.. _requests];

    /// <summary>Method, path and key of what came, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    private string Endpoint => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1";

    public static async Task<EmbeddingServer> StartAsync(RequestDelegate answer)
    {
        var server = new EmbeddingServer(answer);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>A server that answers everything with this status and body.</summary>
    public static Task<EmbeddingServer> StartAsync(int status, string body) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    });

    /// <summary>The text that a request is about.</summary>
    public static string InputOf(HttpContext context) => (string?)context.Items[nameof(InputOf)] ?? string.Empty;

    /// <summary>A reply with this vector.</summary>
    public static string Reply(IEnumerable<double> vector) => JsonSerializer.Serialize(new
    {
        @object = "list",
        data = new[] { new { @object = "embedding", index = 0, embedding = vector } },
        model = "m",
        usage = new { prompt_tokens = 3, total_tokens = 3 },
    });

    public OpenAIEmbedder Embedder(string? apiKey = null, Action<EmbeddingOptions>? change = null, TimeProvider? time = null)
    {
        var options = new EmbeddingOptions { Endpoint = Endpoint, Model = "m", Dimensions = Dimensions, Timeout = TimeSpan.FromMinutes(1) };
        change?.Invoke(options);
        return new OpenAIEmbedder(options, apiKey, time ?? TimeProvider.System);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
