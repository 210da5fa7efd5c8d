using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Core.Tests.Learning.Live;

/// <summary>Trajectories and what clients said of them, in a real database, which several hosts may open.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProvider> _hosts = [];
    private readonly ServiceProvider _first;

    public Traffic(TimeProvider time)
    {
        Time = time;
        _first = Open();
    }

    public TimeProvider Time { get; }

    public ITrajectoryHistory History => _first.GetRequiredService<ITrajectoryHistory>();

    /// <summary>One more host of the database.</summary>
    public ServiceProvider Open()
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        // The writer waits for company by the clock, which a test that stands still would hold up.
        services.AddSingleton(TimeProvider.System).AddSingleton(new TrajectoryOptions()).AddSqliteStorage(_folder.Path);
        var host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    /// <summary>A query that an expert answered, and what the client said of it where it said something.</summary>
    public async Task AddAsync(string id, string query, string expert, double? score, string tenant = "acme", Verdict? verdict = null, decimal dollars = 0.001m)
    {
        var trajectory = Example(id, query, expert, tenant, verdict, dollars);
        await _first.GetRequiredService<ITrajectoryStore>().AddAsync(trajectory);
        if (score is not null)
            await SayAsync(id, score.Value);
    }

    /// <summary>Waits until so many trajectories are written, which happens behind the queries' backs.</summary>
    public Task WrittenAsync(int count) => Eventually.TrueAsync(async () =>
    {
        var found = 0;
        await foreach (var _ in History.ReadAsync(new TrajectoryFilter(), default))
            found++;
        return found == count;
    });

    public Task SayAsync(string id, double score) => History.AddAsync(
        Example(id, string.Empty, string.Empty, string.Empty, null, 0), new Feedback { TrajectoryId = id, KeyId = "key", GivenAt = Time.GetUtcNow(), Score = score }, default);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _folder.Dispose();
    }

    private Trajectory Example(string id, string query, string expert, string tenant, Verdict? verdict, decimal dollars)
    {
        var steps = new List<TrajectoryStep>
        {
            new()
            {
                Turn = 1, Move = "delegate", Target = expert, Reason = "cheapest", ObservationId = 0, Observation = "So it is.", FinishReason = "stop",
                Usage = new TokenUsage(10, 100), Cost = Money.FromDollars(dollars), Latency = TimeSpan.FromSeconds(1),
            },
        };
        if (verdict is not null)
            steps.Add(new TrajectoryStep { Turn = 2, Move = "verify", Target = "observation 0", Reason = "hard", Verdict = verdict });
        steps.Add(new TrajectoryStep { Turn = 3, Move = "finish", Target = "observation 0", Reason = "good" });
        return new Trajectory
        {
            Id = id, TenantId = tenant, KeyId = "key", StartedAt = Time.GetUtcNow(), Duration = TimeSpan.FromSeconds(2), Model = "orchestra", Outcome = "answered", Query = query, Steps = steps,
        };
    }
}
