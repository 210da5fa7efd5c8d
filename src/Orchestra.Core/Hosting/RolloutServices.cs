using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Conducting.Rollout;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Hosting;

/// <summary>Registers the conductor that decides with policies; a <see cref="ConductorOfPolicy"/> is registered beside it.</summary>
internal static class RolloutServices
{
    /// <summary>Adds the conductor and what keeps its policies up to date.</summary>
    public static void AddRollout(this IServiceCollection services, ConductorOptions options, LearningOptions learning)
    {
        services.AddLiveLearning(learning.Outcomes);
        services.AddScheduledTraining(learning.Training, options.Policy);
        services.AddSingleton<RolloutTallies>();
        services.AddSingleton<FeedbackWindow>();
        services.TryAddSingleton<ConductorOfPolicy>(provider =>
        {
            var beside = OrchestraServices.Conductor(options, provider.GetRequiredService<TimeProvider>());
            var decides = new LearnedOptions { Lambda = options.Lambda, Explore = options.Explore, Trials = options.Trials };
            var (embedder, outcomes) = (provider.GetRequiredService<IEmbedder>(), provider.GetRequiredService<LiveOutcomes>());
            var vectors = embedder.IsLocal ? null : new QueryVectors(embedder, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<QueryVectors>>());
            return policy =>
            {
                PolicyEmbedder.Check(policy, embedder);
                return LearnedConductor.Live(policy.Id, outcomes.Follow(policy), vectors, beside, decides, new Random());
            };
        });
        services.AddSingleton(provider => new RolloutConductor(
            OrchestraServices.Conductor(options, provider.GetRequiredService<TimeProvider>()), provider.GetRequiredService<RolloutTallies>(), provider.GetRequiredService<ILogger<RolloutConductor>>()));
        services.TryAddSingleton<IConductor>(provider => provider.GetRequiredService<RolloutConductor>());
        services.AddSingleton(provider => new RolloutFollower(
            provider.GetRequiredService<RolloutConductor>(), provider.GetRequiredService<ConductorOfPolicy>(), provider.GetRequiredService<IPolicyStore>(),
            provider.GetRequiredService<PolicyRegistry>(), provider.GetRequiredService<RolloutTallies>(), provider.GetRequiredService<FeedbackWindow>(), options.Policy is { } path ? new PolicyFileWatch(path) : null,
            provider.GetRequiredService<RolloutOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RolloutFollower>>()));
        services.AddHostedService(provider => provider.GetRequiredService<RolloutFollower>());
    }
}
