using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core;
using Orchestra.Core.Chat;

namespace Orchestra.Cli.Tests.Bench.Outcomes;

/// <summary>An HTTP server that answers as a node does, with what the test tells it; the real node is tested elsewhere.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    public const string Key = "sk-orch-test-key";
    private readonly WebApplication _app;

    private FakeNode(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ConcurrentQueue<ChatRequest> Requests { get; } = [];

    public static async Task<FakeNode> StartAsync(Func<string, Reply> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var node = new FakeNode(app);
        app.Run(context => node.HandleAsync(context, answer));
        await app.StartAsync();
        return node;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context, Func<string, Reply> answer)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (context.Request.Path == "/v1/models")
            return;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = ChatRequestReader.Read(body.ToArray());
        Requests.Enqueue(request);
        var reply = answer(request.LastUserText);
        context.Response.StatusCode = reply.Status;
        if (reply.Cost is not null)
            context.Response.Headers["x-orchestra-cost-usd"] = reply.Cost;
        context.Response.Headers["x-orchestra-experts"] = reply.Experts;
        context.Response.Headers["x-orchestra-trajectory"] = "traj_1";
        await context.Response.Body.WriteAsync(reply.Status == 200
            ? ChatCompletionWriter.FromText(IdGenerator.Default.Next("chatcmpl-"), "orchestra", DateTimeOffset.UnixEpoch, reply.Text, default).Body
            : JsonSerializer.SerializeToUtf8Bytes(new { error = new { message = "no", type = "error", code = reply.Text, param = (string?)null } }));
    }

    /// <summary>What to answer; for a status other than 200 the text is the error's code.</summary>
    public sealed record Reply(string Text, string? Cost = null, string Experts = "", int Status = 200);
}
