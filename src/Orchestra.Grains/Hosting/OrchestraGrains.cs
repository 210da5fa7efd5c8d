using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Budgets;
using Orchestra.Core.Conversations;
using Orchestra.Grains.Budgets;
using Orchestra.Grains.Conducting;
using Orchestra.Grains.Conversations;
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
    public static IServiceCollection AddClusterDomain(this IServiceCollection services)
    {
        services.AddSingleton<IBudgets, ClusterBudgets>();
        services.AddSingleton<IConversations, ClusterConversations>();
        services.AddSingleton<LocalConversations>();
        return services;
    }

    private static SiloOffer OfferOf(ExpertRoom? room) =>
        room is null ? SiloOffer.None : new SiloOffer(room.Experts.ToDictionary(expert => expert.Key, expert => expert.Value.GpuMemoryMb, StringComparer.Ordinal), room.GpuMemoryMb);
}
