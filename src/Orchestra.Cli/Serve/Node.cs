using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Hosting;
using Orchestra.Core.Tenants;
using Orchestra.Gateway;
using Orchestra.Gateway.Health;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Cli.Serve;

/// <summary>The node: one process with the gateway, the conductor, the experts and the store.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:8080";
    private const string AdminKeyVariable = "ORCHESTRA_ADMIN_KEY";
    private readonly WebApplication _app;
    private readonly NodeExperts _experts;
    private readonly ILoggerFactory _loggers;

    private Node(WebApplication app, NodeExperts experts, ILoggerFactory loggers)
    {
        _app = app;
        _experts = experts;
        _loggers = loggers;
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
        builder.Services.AddOrchestra(options).AddSqliteStorage(options.Storage.Folder).AddGateway();
        var experts = await NodeExperts.CreateAsync(options, addresses, loggers, ct);
        foreach (var expert in experts.Experts)
            builder.Services.AddExpert(expert);
        var node = new Node(builder.Build(), experts, loggers);
        try
        {
            var keys = await node.PrepareAsync(ct);
            await node._app.StartAsync(ct);
            var readiness = node._app.Services.GetRequiredService<Readiness>();
            node._app.Lifetime.ApplicationStopping.Register(readiness.Stop);
            readiness.Start();
            var listening = node._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            await new StartReport(options, experts, keys, listening).WriteAsync(output);
            return node;
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await node.DisposeAsync();
            throw new CommandLine.CommandException($"Another program listens on {string.Join(", ", urls)} already. Stop it, or choose another address with --urls.");
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is asked to stop (Ctrl-C, SIGTERM) or the token is cancelled, then lets the queries under way end.</summary>
    public async Task WaitForStopAsync(CancellationToken ct)
    {
        await using var _ = ct.Register(_app.Lifetime.StopApplication);
        await _app.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _experts.DisposeAsync();
        _loggers.Dispose();
    }

    /// <summary>Makes the keys of a first start, and maps the endpoints, which need the admin key.</summary>
    private async Task<FirstStartKeys> PrepareAsync(CancellationToken ct)
    {
        var services = _app.Services;
        var tenants = services.GetRequiredService<ITenantStore>();
        var adminKey = await AdminKey.OpenAsync(tenants, Environment.GetEnvironmentVariable(AdminKeyVariable), ct);
        var apiKey = await FirstStart.EnsureAsync(tenants, services.GetRequiredService<ApiKeyIssuer>(), services.GetRequiredService<TimeProvider>(), ct);
        _app.MapGateway(adminKey);
        return new FirstStartKeys(apiKey, adminKey.Generated);
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
    }

    private static List<Uri> Addresses(string[] urls)
    {
        var addresses = new List<Uri>();
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address) || address.Scheme is not "http")
                throw new CommandLine.CommandException($"'{url}' is no address to listen on. Give one such as http://127.0.0.1:8080; put a TLS terminator in front for https.");
            addresses.Add(address);
        }

        return addresses;
    }
}
