using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestra.Cli.Tests;

/// <summary>A real Kestrel on a free port of the loopback address that answers as a test wants.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestNode(WebApplication application) => _application = application;

    public string Url => _application.Urls.Single();

    /// <summary>The requests so far: method and path, the Authorization header, the body.</summary>
    public List<(string Line, string Authorization, string Body)> Requests { get; } = [];

    public static async Task<TestNode> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var node = new TestNode(builder.Build());
        node._application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            lock (node.Requests)
                node.Requests.Add(($"{context.Request.Method} {context.Request.Path}", context.Request.Headers.Authorization.ToString(), body));
            await answer(context);
        });
        await node._application.StartAsync();
        return node;
    }

    public static Task<TestNode> StartAsync(int status, string contentType, string body, params (string Name, string Value)[] headers) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    });

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
