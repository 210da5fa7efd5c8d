using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Hosting;

/// <summary>Registers what lets policies learn from the host's own traffic.</summary>
internal static class LearningServices
{
    /// <summary>Adds the outcomes that policies learn from as they come.</summary>
    public static void AddLiveLearning(this IServiceCollection services, OutcomeOptions options)
    {
        services.AddSingleton<LiveOutcomes>();
        services.AddSingleton(new TellingOutcomes(options.Tenants));
        if (!options.Live)
            return;
        services.AddHostedService(provider => new LiveLearning(
            provider.GetRequiredService<ITrajectoryHistory>(), provider.GetRequiredService<LiveOutcomes>(), provider.GetRequiredService<TellingOutcomes>(),
            provider.GetRequiredService<IEmbedder>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiveLearning>>()));
    }

    /// <summary>Adds trainings now and then, where there is a time between them.</summary>
    public static void AddScheduledTraining(this IServiceCollection services, TrainingScheduleOptions options, string? policyFile)
    {
        if (options.Every is null)
            return;
        services.AddHostedService(provider => new ScheduledTraining(
            ActivatorUtilities.CreateInstance<TrainingParts>(provider), options, policyFile, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ScheduledTraining>>()));
    }
}
