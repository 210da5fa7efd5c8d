using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Conversations;
using Orchestra.Core.Conversations.Shadows;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Hosting;

/// <summary>Registers shadow comparisons.</summary>
internal static class ShadowServices
{
    /// <summary>Adds them where there is a share of them; otherwise nothing.</summary>
    public static IServiceCollection AddShadows(this IServiceCollection services, ShadowOptions options)
    {
        if (options.Share <= 0)
            return services;
        services.AddSingleton(provider => new ShadowOffers(provider.GetRequiredService<ExpertCatalogue>(), options, new Random()));
        services.AddHostedService(provider => new ShadowCalls(
            provider.GetRequiredService<ShadowOffers>(), provider.GetRequiredService<ConversationParts>(), provider.GetRequiredService<ITenantStore>(),
            provider.GetRequiredService<ITrajectoryHistory>(), options, provider.GetRequiredService<ILogger<ShadowCalls>>()));
        return services;
    }
}
