using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Configuration;
using Orchestra.Core.Hosting;
using Orchestra.Core.Tenants;
using Orchestra.Gateway;
using Orchestra.Gateway.Health;
using Orchestra.Storage;

namespace Orchestra.Cli.Serve;

/// <summary>The node: one process with the gateway, the conductor, the experts and the store.</summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>Where a node listens unless it is told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private const string AdminKeyVariable = "ORCHESTRA_ADMIN_KEY";
    private readonly WebApplication _app;
    private readonly NodeExperts _experts;
    private readonly OpenStorage _storage;
    private readonly ILoggerFactory _loggers;
    private readonly TimeSpan _shutdownTimeout;

    private Node(WebApplication app, NodeExperts experts, OpenStorage storage, ILoggerFactory loggers, TimeSpan shutdownTimeout)
    {
        _app = app;
        _experts = experts;
        _storage = storage;
        _loggers = loggers;
        _shutdownTimeout = shutdownTimeout;
    }

    /// <summary>Starts a node and says on <paramref name="output"/> what it found, the keys that it made, and where it listens.</summary>
    public static async Task<Node> StartAsync(NodeSettings settings, TextWriter output, CancellationToken ct)
    {
        var options = settings.Load();
        var urls = (settings.Urls ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var addresses = Addresses(urls);
        var builder = CreateBuilder(options, urls);
        var loggers = LoggerFactory.Create(Configure);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddOrchestra(options).AddGateway();
        var storage = await OpenStorage.OpenAsync(options.Storage, loggers, ct);
        storage.AddTo(builder.Services);
        var experts = await NodeExperts.CreateAsync(options, addresses, loggers, ct);
        foreach (var expert in experts.Experts)
            builder.Services.AddExpert(expert);
        var node = new Node(builder.Build(), experts, storage, loggers, options.Gateway.ShutdownTimeout);
        try
        {
            var keys = await node.PrepareAsync(ct);
            await keys.WriteAsync(output);
            await node.ListenAsync(urls, ct);
            var readiness = node._app.Services.GetRequiredService<Readiness>();
            node._app.Lifetime.ApplicationStopping.Register(readiness.Stop);
            readiness.Start();
            var listening = node._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
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
    public async Task WaitForStopAsync(TextWriter output, CancellationToken ct)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = ct.Register(asked.SetResult);
        await asked.Task;
        using var impatient = new CancellationTokenSource();
        using var second = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => impatient.Cancel());
        await output.WriteLineAsync($"Stopping: queries under way have {_shutdownTimeout:g} to end; Ctrl-C cuts them off.");
        await output.FlushAsync(CancellationToken.None);
        await _app.StopAsync(impatient.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _experts.DisposeAsync();
        await _storage.DisposeAsync();
        _loggers.Dispose();
    }

    /// <summary>Makes the keys of a first start, and maps the endpoints, which need the admin key.</summary>
    private async Task<FirstStartKeys> PrepareAsync(CancellationToken ct)
    {
        var services = _app.Services;
        var tenants = services.GetRequiredService<ITenantStore>();
        var adminKey = await AdminKey.OpenAsync(tenants, Environment.GetEnvironmentVariable(AdminKeyVariable), ct);
        var apiKey = await services.GetRequiredService<FirstStart>().EnsureAsync(ct);
        _app.MapGateway(adminKey);
        return new FirstStartKeys(apiKey, adminKey.Generated);
    }

    private async Task ListenAsync(string[] urls, CancellationToken ct)
    {
        try
        {
            await _app.StartAsync(ct);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            var where = string.Join(", ", urls);
            throw error.InnerException is AddressInUseException
                ? new CommandException($"Another program listens on {where} already. Stop it, or choose another address with --urls.", inner: error)
                : new CommandException($"The node cannot listen on {where} ({error.Message}). Give an address of this machine with --urls; ports below 1024 may need more rights.", inner: error);
        }
    }

    private static WebApplicationBuilder CreateBuilder(OrchestraOptions options, string[] urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "orchestra" });
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Gateway.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.Gateway.MaxConnections;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Gateway.ShutdownTimeout);
        Configure(builder.Logging);
        return builder;
    }

    private static void Configure(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Orchestra", LogLevel.Information);
        // Why the host could not start is said once, in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static List<Uri> Addresses(string[] urls)
    {
        var addresses = new List<Uri>();
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address) || address.Scheme is not "http")
                throw new CommandException($"'{url}' is no address to listen on. Give one such as http://127.0.0.1:8080; put a TLS terminator in front for https.");
            addresses.Add(address);
        }

        return addresses;
    }
}
