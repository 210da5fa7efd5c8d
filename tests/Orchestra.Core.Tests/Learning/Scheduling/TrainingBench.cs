using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Tenants;
using Orchestra.Core.Tests.Learning.Live;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Tests.Learning.Scheduling;

/// <summary>Hosts of one database that train on a schedule, and a world in which the expert <c>small</c> is right about what is red and wrong about what is blue.</summary>
internal sealed class TrainingBench : IAsyncDisposable
{
    private readonly Random _random = new(1);
    private int _asked;

    public TrainingBench() => Traffic = new Traffic(Time);

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public Traffic Traffic { get; }

    public TrainingScheduleOptions Options { get; } = new() { Every = TimeSpan.FromHours(1), MinOutcomes = 60, Epochs = 0 };

    public IPolicyStore Policies { get; private set; } = null!;

    public PolicyRegistry Registry { get; private set; } = null!;

    /// <summary>A host; another one than the last.</summary>
    public ScheduledTraining Host()
    {
        var services = Traffic.Open();
        Policies = services.GetRequiredService<IPolicyStore>();
        Registry = new PolicyRegistry(Policies, services.GetRequiredService<IAuditLog>(), IdGenerator.Default, Time);
        var parts = new TrainingParts(
            services.GetRequiredService<ITrainingLog>(), services.GetRequiredService<ITrajectoryHistory>(), new TellingOutcomes(null), Policies, Registry, new HashedEmbedder(), IdGenerator.Default);
        return new ScheduledTraining(parts, Options, policyFile: null, Time, NullLogger<ScheduledTraining>.Instance);
    }

    /// <summary>Lets a policy serve.</summary>
    public async Task<string> PromoteAsync(byte[] file)
    {
        var (policy, _) = await Registry.AddAsync(file, "ops", default);
        await Registry.PromoteAsync(policy.Id, "ops", default);
        return policy.Id;
    }

    /// <summary>Serves queries whose outcomes become known.</summary>
    public async Task ServeAsync(int queries)
    {
        for (var i = 0; i < queries; i++)
        {
            var isRed = _random.Next(2) == 0;
            var things = _random.GetItems<string>(["house", "river", "paper", "engine", "letter", "garden"], 2);
            await Traffic.AddAsync($"traj_{_asked}", $"What is {(isRed ? "red" : "blue")} about the {things[0]} and the {things[1]} of case {_asked}?", "small", isRed ? 1 : 0, dollars: 0.001m + (_asked % 7 * 0.0001m));
            _asked++;
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Traffic.WrittenAsync(_asked);
    }

    public ValueTask DisposeAsync() => Traffic.DisposeAsync();
}
