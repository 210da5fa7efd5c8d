using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Hosting;
using Orchestra.Gateway;
using Orchestra.Hosting.Configuration;
using Orchestra.Hosting.Experts;
using Orchestra.Hosting.Http;
using Orchestra.Hosting.Start;
using Orchestra.Storage;

namespace Orchestra.Cli.Serve;

/// <summary>The node: one process with the gateway, the conductor, the experts and the store.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HostExperts _experts;
    private readonly OpenStorage _storage;
    private readonly ILoggerFactory _loggers;
    private readonly TimeSpan _shutdownTimeout;

    private Node(WebApplication app, HostExperts experts, OpenStorage storage, ILoggerFactory loggers, TimeSpan shutdownTimeout)
    {
        _app = app;
        _experts = experts;
        _storage = storage;
        _loggers = loggers;
        _shutdownTimeout = shutdownTimeout;
    }

    /// <summary>Starts a node and says on <paramref name="output"/> what it found, the keys that it made, and where it listens.</summary>
    public static async Task<Node> StartAsync(HostSettings settings, TextWriter output, CancellationToken ct)
    {
        var options = settings.Load();
        var urls = HttpHost.Urls(settings.Urls);
        var addresses = HttpHost.Addresses(urls);
        var builder = HttpHost.CreateBuilder("orchestra", options, urls);
        var loggers = LoggerFactory.Create(HttpHost.Configure);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddOrchestra(options).AddGateway();
        var storage = await OpenStorage.OpenAsync(options.Storage, loggers, ct);
        storage.AddTo(builder.Services);
        var experts = await HostExperts.CreateAsync(options, addresses, loggers, ct);
        foreach (var expert in experts.Experts)
            builder.Services.AddExpert(expert);
        var node = new Node(builder.Build(), experts, storage, loggers, options.Gateway.ShutdownTimeout);
        try
        {
            var keys = await GatewayStart.MapAsync(node._app, ct);
            await keys.WriteAsync(output);
            var listening = await HttpHost.ListenAsync(node._app, urls, ct);
            GatewayStart.Open(node._app);
            await new StartReport(storage.Description, experts, keys, listening).WriteAsync(output);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the token is cancelled (Ctrl-C, SIGTERM), then lets the queries under way end; a second Ctrl-C cuts them off.</summary>
    public Task WaitForStopAsync(TextWriter output, CancellationToken ct) => GracefulStop.WaitAsync(_app, _shutdownTimeout, output, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _experts.DisposeAsync();
        await _storage.DisposeAsync();
        _loggers.Dispose();
    }
}
