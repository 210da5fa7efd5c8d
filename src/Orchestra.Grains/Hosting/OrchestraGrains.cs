using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Conversations;
using Orchestra.Grains.Budgets;
using Orchestra.Grains.Conducting;
using Orchestra.Grains.Conversations;
using Orchestra.Grains.Draining;
using Orchestra.Grains.Experts;
using Orchestra.Grains.Placement;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Orchestra.Grains.Hosting;

/// <summary>Registers grains and placement with a silo. Every silo knows how grains are placed, but only the classes of its own roles, so that nothing else can land on it.</summary>
public static class OrchestraGrains
{
    private static readonly Type[] ConductorGrains = [typeof(BudgetGrain), typeof(ConversationGrain), typeof(OrchestratorGrain)];
    private static readonly Type[] ExpertGrains = [typeof(ExpertGrain), typeof(ExpertSiloGrain)];

    /// <summary>Adds what the silo's roles need.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="conducts">Whether it has the role <c>conductor</c>.</param>
    /// <param name="room">What it can hold; null without the role <c>expert</c>.</param>
    public static ISiloBuilder AddOrchestraGrains(this ISiloBuilder silo, bool conducts, ExpertRoom? room)
    {
        silo.Services.AddPlacementFilter<HoldsExpertStrategy, HoldsExpertDirector>(ServiceLifetime.Singleton);
        silo.Services.AddPlacementDirector<OnSiloStrategy, OnSiloDirector>();
        silo.Services.AddSingleton<SiloWork>();
        silo.Services.AddSingleton<ClusterView>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<ClusterView>());
        silo.UseSiloMetadata(OfferOf(room).ToMetadata());
        if (room is not null)
        {
            silo.Services.AddSingleton(room);
            silo.Services.AddHostedService<ReplicaBalance>();
        }

        silo.Services.PostConfigure<GrainTypeOptions>(types =>
        {
            if (!conducts)
                types.Classes.ExceptWith(ConductorGrains);
            if (room is null)
                types.Classes.ExceptWith(ExpertGrains);
        });
        return silo;
    }

    /// <summary>Adds the domain's seams as they are in a cluster, for silos that serve or conduct; it goes before the domain itself, which leaves them alone.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="conducts">Whether the silo has the role <c>conductor</c>.</param>
    /// <param name="lease">How long a reservation lives without being renewed.</param>
    public static IServiceCollection AddClusterDomain(this IServiceCollection services, bool conducts, TimeSpan lease)
    {
        services.AddSingleton(provider => new ClusterBudgets(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<IdGenerator>(), provider.GetRequiredService<TimeProvider>(), lease,
            provider.GetRequiredService<ILogger<ClusterBudgets>>()));
        services.AddSingleton<IBudgets>(provider => provider.GetRequiredService<ClusterBudgets>());
        services.AddSingleton<IConversations>(provider => new ClusterConversations(
            conducts ? provider.GetRequiredService<LocalConversations>() : null, provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<ConversationLimits>(),
            provider.GetRequiredService<IdGenerator>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LocalConversations>();
        return services;
    }

    private static SiloOffer OfferOf(ExpertRoom? room) =>
        room is null ? SiloOffer.None : new SiloOffer(room.Experts.ToDictionary(expert => expert.Key, expert => expert.Value.GpuMemoryMb, StringComparer.Ordinal), room.GpuMemoryMb);
}
