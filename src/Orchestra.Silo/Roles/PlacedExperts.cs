using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.OpenAI;
using Orchestra.Grains.Experts;
using Orchestra.Grains.Placement;
using Orchestra.Hosting.Experts;

namespace Orchestra.Silo.Roles;

/// <summary>The chat experts of the catalogue, wherever in the cluster their replicas are.</summary>
internal static class PlacedExperts
{
    /// <summary>An expert of the configuration.</summary>
    public static IExpert Create(string name, ExpertOptions expert, IServiceProvider services)
    {
        var settings = ChatExperts.Resolve(name, expert, Environment.GetEnvironmentVariable, []);
        return new ClusterExpert(
            OpenAIExpert.Describe(settings), expert.Replicas, services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<ClusterView>().PlacesOf,
            services.GetRequiredService<TimeProvider>(), new Random());
    }
}
