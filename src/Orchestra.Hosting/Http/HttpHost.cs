using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;

namespace Orchestra.Hosting.Http;

/// <summary>The web server of a host, the same in a node and in a silo.</summary>
public static class HttpHost
{
    /// <summary>Where a host listens unless it is told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The addresses to listen on: those given, else those of the environment, else the default one.</summary>
    public static string[] Urls(string? given) =>
        (given ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The addresses, checked; throws <see cref="HostException"/> where one is none.</summary>
    public static IReadOnlyList<Uri> Addresses(string[] urls)
    {
        var addresses = new List<Uri>();
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address) || address.Scheme is not "http")
                throw new HostException($"'{url}' is no address to listen on. Give one such as {DefaultUrl}; put a TLS terminator in front for https.");
            addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>A builder with Kestrel, its bounds, and logs on the console; nothing else is added.</summary>
    /// <param name="name">The application's name.</param>
    /// <param name="options">The configuration, checked.</param>
    /// <param name="urls">The addresses to listen on.</param>
    public static WebApplicationBuilder CreateBuilder(string name, OrchestraOptions options, string[] urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name });
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Gateway.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.Gateway.MaxConnections;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Gateway.ShutdownTimeout);
        Configure(builder.Logging);
        return builder;
    }

    /// <summary>How a host logs.</summary>
    public static void Configure(ILoggingBuilder logging)
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

    /// <summary>Starts the application; throws <see cref="HostException"/> where it cannot listen.</summary>
    /// <returns>The addresses on which it listens.</returns>
    public static async Task<IReadOnlyCollection<string>> ListenAsync(WebApplication app, string[] urls, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            var where = string.Join(", ", urls);
            throw error.InnerException is AddressInUseException
                ? new HostException($"Another program listens on {where} already. Stop it, or choose another address with --urls.", inner: error)
                : new HostException($"Orchestra cannot listen on {where} ({error.Message}). Give an address of this machine with --urls; ports below 1024 may need more rights.", inner: error);
        }

        return [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
    }
}
