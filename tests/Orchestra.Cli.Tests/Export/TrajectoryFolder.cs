using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Cli.Tests.Ledgers;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Cli.Tests.Export;

/// <summary>A data folder with trajectories, each a question that the expert <c>small</c> answered, and what a client said of it.</summary>
internal sealed class TrajectoryFolder : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-10);

    private readonly LedgerFolder _folder;
    private ServiceProvider? _services;

    private TrajectoryFolder(LedgerFolder folder)
    {
        _folder = folder;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_ => LoggerFactory.Create(_ => { })).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(TimeProvider.System).AddSingleton(new TrajectoryOptions()).AddSqliteStorage(folder.Path);
        _services = services.BuildServiceProvider();
    }

    public string Path => _folder.Path;

    public static async Task<TrajectoryFolder> CreateAsync() => new(await LedgerFolder.CreateAsync(1));

    public async Task AddAsync(string id, string tenant, int day, double? score, string? query = "What is 6 times 7?")
    {
        var trajectory = new Trajectory
        {
            Id = id, TenantId = tenant, KeyId = "key", StartedAt = Start.AddDays(day), Duration = TimeSpan.FromSeconds(2), Model = "orchestra", Outcome = "answered",
            Query = query, Assessment = new Assessment(3, TaskType.Math, "rules"),
            Steps =
            [
                new TrajectoryStep
                {
                    Turn = 1, Move = "delegate", Target = "small", Reason = "cheapest", ObservationId = 0, Observation = "It is 42.", FinishReason = "stop",
                    Usage = new TokenUsage(11, 3), Cost = Money.FromDollars(0.000017m), Latency = TimeSpan.FromSeconds(1.5),
                },
            ],
        };
        await AddAsync(trajectory, score);
    }

    /// <summary>Adds a trajectory, and what a client said of it.</summary>
    public async Task AddAsync(Trajectory trajectory, double? score)
    {
        await _services!.GetRequiredService<ITrajectoryStore>().AddAsync(trajectory);
        if (score is not null)
            await _services!.GetRequiredService<ITrajectoryHistory>().AddAsync(trajectory, new Feedback { TrajectoryId = trajectory.Id, KeyId = "key", GivenAt = trajectory.StartedAt, Score = score }, default);
    }

    /// <summary>Writes what is queued; nothing can be added any more.</summary>
    public async Task FlushAsync()
    {
        if (_services is { } services)
            await services.DisposeAsync();
        _services = null;
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync();
        _folder.Dispose();
    }
}
