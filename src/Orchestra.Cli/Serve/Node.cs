using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Configuration;
using Orchestra.Core.Conversations;
using Orchestra.Core.Quality;
using Orchestra.Gateway;
using Orchestra.Gateway.Health;

namespace Orchestra.Cli.Serve;

/// <summary>The node: one process with the gateway, the conductor, the experts and the store.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:8080";
    private readonly WebApplication _app;
    private readonly NodeExperts _experts;
    private readonly NodeStore _store;

    private Node(WebApplication app, NodeExperts experts, NodeStore store)
    {
        _app = app;
        _experts = experts;
        _store = store;
    }

    /// <summary>Starts a node and says on <paramref name="output"/> what it found, the keys that it made, and where it listens.</summary>
    public static async Task<Node> StartAsync(NodeSettings settings, TextWriter output, CancellationToken ct)
    {
        var options = settings.Load();
        var urls = (settings.Urls ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var builder = CreateBuilder(options, urls);
        var loggers = LoggerFactory.Create(logging => Configure(logging));
        builder.Services.AddSingleton(loggers);
        var time = TimeProvider.System;
        var store = await NodeStore.OpenAsync(options, time, loggers, ct);
        var experts = await NodeExperts.CreateAsync(options, Addresses(urls), time, loggers, ct);
        Register(builder.Services, options, store, experts, time);
        var app = builder.Build();
        app.MapGateway();
        var node = new Node(app, experts, store);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await node.DisposeAsync();
            throw new CommandLine.CommandException($"Another program listens on {string.Join(", ", urls)} already. Stop it, or choose another address with --urls.");
        }

        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Lifetime.ApplicationStopping.Register(readiness.Stop);
        readiness.Start();
        await new StartReport(options, experts, store.FirstStart, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses).WriteAsync(output);
        return node;
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
        await _store.DisposeAsync();
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

    private static void Register(IServiceCollection services, OrchestraOptions options, NodeStore store, NodeExperts experts, TimeProvider time)
    {
        services.AddGateway(options.Gateway);
        services.AddSingleton(time);
        services.AddSingleton(experts.Catalogue);
        services.AddSingleton(store.Tenants);
        services.AddSingleton(store.Keys);
        services.AddSingleton(store.Issuer);
        services.AddSingleton(store.AdminKey);
        services.AddSingleton(store.Budgets);
        services.AddSingleton(store.Trajectories);
        services.AddSingleton<IConversations>(new LocalConversations(new ConversationParts(
            experts.Catalogue, NodeConductor.Create(options.Conductor, time), Verifiers.Default, store.Budgets, store.Trajectories, Limits(options), IdGenerator.Default, time)));
    }

    private static ConversationLimits Limits(OrchestraOptions options) => new()
    {
        MaxTurns = options.Conductor.MaxTurns,
        Deadline = options.Conductor.Deadline,
        MaxFanOut = options.Conductor.MaxFanOut,
        OutputSlice = options.Budgets.OutputSlice,
        KeepTexts = options.Trajectories.KeepTexts,
    };

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
