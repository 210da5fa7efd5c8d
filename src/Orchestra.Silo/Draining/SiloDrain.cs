using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestra.Grains.Budgets;
using Orchestra.Grains.Draining;

namespace Orchestra.Silo.Draining;

/// <summary>
/// Ends the work of a silo that is asked to stop, while it is still a member: the requests of its own gateway first, then the queries that it serves for others, then their bills, then
/// the calls of its experts. Only then does the silo leave, and its grains are found elsewhere.
/// </summary>
internal sealed partial class SiloDrain(
    IServer server, IHostApplicationLifetime lifetime, SiloWork work, ClusterBudgets? budgets, TimeSpan timeout, TimeProvider time, ILogger<SiloDrain> logger) : IHostedLifecycleService
{
    /// <summary>What queries that were cut off may take to end, and then their bills.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>What leaving the cluster may take.</summary>
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(15);

    /// <summary>Adds it, and gives the host the time for it.</summary>
    public static void Add(IServiceCollection services, TimeSpan timeout)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = timeout + (2 * Rest) + Leaving);
        services.AddHostedService(provider => new SiloDrain(
            provider.GetRequiredService<IServer>(), provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<SiloWork>(), provider.GetService<ClusterBudgets>(), timeout,
            TimeProvider.System, provider.GetRequiredService<ILogger<SiloDrain>>()));
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Readiness goes off.
        lifetime.StopApplication();
        using var queries = new CancellationTokenSource(timeout, time);
        using var late = new CancellationTokenSource(timeout + Rest, time);
        using var all = new CancellationTokenSource(timeout + (2 * Rest), time);
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(queries.Token, cancellationToken);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(all.Token, cancellationToken);
        await server.StopAsync(drain.Token);
        await UntilAsync(work.Conversations.CloseAsync(), "queries", ends.Token);
        if (budgets is not null)
            await UntilAsync(budgets.FlushAsync(rest.Token), "settlements", rest.Token);
        await UntilAsync(work.Experts.CloseAsync(), "calls of experts", rest.Token);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task UntilAsync(Task end, string what, CancellationToken ct)
    {
        try
        {
            await end.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            LogCutOff(what);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The time to stop is over while {What} are under way; they are cut off")]
    private partial void LogCutOff(string what);
}
