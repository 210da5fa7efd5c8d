using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.Cluster.Tests.Placement;

/// <summary>
/// One silo that conducts and two that hold experts: <c>west</c> has 100 MiB of GPU memory, <c>east</c> 120 and alone the expert <c>rare</c>. Two replicas of <c>twin</c> take 60 each, so that one
/// of them fits beside <c>rare</c>'s 50 on <c>east</c>.
/// </summary>
public sealed class PlacementCluster : IAsyncLifetime
{
    private FaultyUpstream? _upstream;
    private RunningCluster? _cluster;

    internal RunningCluster Cluster => _cluster!;

    internal ClusterApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _upstream = Start();
        _cluster = await RunningCluster.StartAsync(new Dictionary<string, object>
        {
            ["twin"] = ChatExpert.At(_upstream.Endpoint, 60, replicas: 2),
            ["rare"] = ChatExpert.At(_upstream.Endpoint, 50, replicas: 2),
            ["huge"] = ChatExpert.At(_upstream.Endpoint, 1_000),
            ["late"] = ChatExpert.At(_upstream.Endpoint),
            ["never"] = ChatExpert.At(_upstream.Endpoint),
        });
        await Cluster.AddExpertsAsync("west", 100, "twin", "huge");
        await Cluster.AddExpertsAsync("east", 120, "twin", "rare", "huge");
        Api = new ClusterApi(Cluster);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        if (_upstream is not null)
            await _upstream.DisposeAsync();
    }

    private static FaultyUpstream Start() => new(Replies.Answer("Hello."));
}
