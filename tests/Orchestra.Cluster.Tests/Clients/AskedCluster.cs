using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestra.Client;
using Orchestra.Client.Orleans;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Budgets;
using Orchestra.Core.Tenants;

namespace Orchestra.Cluster.Tests.Clients;

/// <summary>A client of a cluster: over HTTP, or over Orleans from a host of its own that is no silo.</summary>
internal sealed class AskedCluster : IAsyncDisposable
{
    private readonly IHost? _host;

    private AskedCluster(IChatClient client, IHost? host)
    {
        Client = client;
        _host = host;
    }

    public IChatClient Client { get; }

    public static async Task<AskedCluster> ConnectAsync(PairCluster cluster, bool inside)
    {
        if (!inside)
            return new AskedCluster(new OrchestraChatClient(new Uri(cluster.Api.Url), cluster.Api.Key), null);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client
            .UseStaticClustering(cluster.OrleansGateway)
            .Configure<global::Orleans.Configuration.ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = ("orchestra", "orchestra")));
        builder.Services.AddOrchestraClient(new Caller(new Payer("default", string.Empty, string.Empty, "inside")));
        var host = builder.Build();
        await host.StartAsync();
        return new AskedCluster(host.Services.GetRequiredService<IChatClient>(), host);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
    }
}
