using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestra.Core;
using Orchestra.Core.Errors;

namespace Orchestra.Cli.Replay;

/// <summary>An OpenAI-compatible server that answers known prompts with recorded responses; dispose it to stop it.</summary>
public sealed class ReplayServer : IAsyncDisposable
{
    /// <summary>Bytes of a request's body at most.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private readonly WebApplication _app;

    private ReplayServer(WebApplication app)
    {
        _app = app;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server; throws <see cref="OrchestraException"/> where the address cannot be had.</summary>
    public static async Task<ReplayServer> StartAsync(ReplayTable table, ReplayOptions options, TimeProvider time, CancellationToken ct)
    {
        // The empty builder reads no files and no environment: what the command line says is all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 4096;
            kestrel.Listen(options.Host, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.Run(new ReplayEndpoints(table, options.Latency, time, IdGenerator.Default).HandleAsync);
        try
        {
            await app.StartAsync(ct);
            return new ReplayServer(app);
        }
        catch (IOException exception)
        {
            await app.DisposeAsync();
            throw new OrchestraException(
                ErrorCode.Conflict, 409, $"The address {new IPEndPoint(options.Host, options.Port)} cannot be listened on, likely because something else does: choose another --port.", exception);
        }
    }

    /// <summary>Serves until the token is cancelled or the process is told to stop.</summary>
    public Task RunAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
