using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestra.Core;
using Orchestra.Core.Conversations;
using Orchestra.Core.Tenants;
using Orchestra.Grains.Conversations;

namespace Orchestra.Client.Orleans;

/// <summary>Adds Orchestra as an <see cref="IChatClient"/> to programs inside the cluster: Orleans' clients and silos.</summary>
public static class OrchestraClientServices
{
    /// <summary>
    /// Adds a chat client that asks the conversation grains, without HTTP and without an API key: whoever may call grains is trusted, so the program itself says who pays. Budgets hold as they
    /// do for everybody; rate limits, which gateways check, do not.
    /// </summary>
    /// <param name="services">The services of a host that <c>UseOrleans</c> or <c>UseOrleansClient</c> connects to the cluster.</param>
    /// <param name="caller">Who asks and pays.</param>
    /// <param name="model">The model: <c>orchestra</c>, or the name of an expert to go straight to it.</param>
    public static IServiceCollection AddOrchestraClient(this IServiceCollection services, Caller caller, string model = OrchestraChatClient.DefaultModel)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(IdGenerator.Default);
        services.TryAddSingleton(new ConversationLimits());
        services.TryAddSingleton<IConversations>(provider => new ClusterConversations(
            null, provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<ConversationLimits>(), provider.GetRequiredService<IdGenerator>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IChatClient>(provider => new OrchestraChatClient(new HttpClient(new ConversationHandler(provider.GetRequiredService<IConversations>(), caller))
        {
            BaseAddress = ConversationHandler.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        }, ConversationHandler.NoKey, model));
        return services;
    }
}
