using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Upkeep;
using Orchestra.Core.Budgets.Warnings;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Configuration;
using Orchestra.Core.Conversations;
using Orchestra.Core.Conversations.Shadows;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.Calculator;
using Orchestra.Core.Experts.ChatClients;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Limits;
using Orchestra.Core.Quality;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Hosting;

/// <summary>Registers the domain with a host, which adds a storage, experts and a gateway.</summary>
public static class OrchestraServices
{
    /// <summary>A commit of nothing but settlements waits this long for company; a client that asks again at once comes sooner.</summary>
    private static readonly TimeSpan SettlementWait = TimeSpan.FromMilliseconds(2);

    private const int PostgresWriters = 4;
    private const int PostgresBatch = 1_024;

    /// <summary>Adds conductor, verifiers, conversations, budgets and keys.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The configuration; checked here, so that a wrong one throws with all its errors.</param>
    public static IServiceCollection AddOrchestra(this IServiceCollection services, OrchestraOptions options)
    {
        OrchestraOptionsValidator.Check(options);
        services.AddSingleton(options);
        services.AddSingleton(options.Gateway);
        services.AddSingleton(options.Trajectories);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(IdGenerator.Default);
        services.AddSingleton<PolicyRegistry>();
        services.TryAddSingleton(options.Learning.Rollout);
        if (options.Conductor.Kind == ConductorOptions.Learned)
            services.AddRollout(options.Conductor, options.Learning);
        services.TryAddSingleton<IConductor>(provider => Conductor(options.Conductor, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => Embedder(options.Learning.Embeddings, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IVerifier>(Verifiers.Default);
        services.TryAddSingleton<IBudgets>(provider => new LedgerBudgets(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IdGenerator>(), Accounts(options),
            provider.GetRequiredService<ILogger<LedgerBudgets>>()));
        services.AddSingleton<LedgerRows>();
        services.AddSingleton<SpendReports>();
        services.AddHostedService(provider => new LedgerUpkeep(
            provider.GetRequiredService<SpendReports>(), provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<ILedgerReports>(), provider.GetRequiredService<TimeProvider>(), options.Budgets.Retention,
            provider.GetRequiredService<ILogger<LedgerUpkeep>>()));
        services.AddHostedService(provider => new WarningDelivery(
            provider.GetRequiredService<IWarningOutbox>(), Webhook(options.Budgets.Webhook, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WarningDelivery>>()));
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddSingleton<ApiKeyIssuer>();
        services.AddSingleton<TenantRegistry>();
        services.AddSingleton<BudgetRegistry>();
        services.AddSingleton<FirstStart>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton(provider => new ExpertCatalogue(provider.GetServices<IExpert>()));
        services.AddSingleton(Limits(options));
        services.AddShadows(options.Learning.Shadow);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ConversationParts>(provider) with { Shadows = provider.GetService<ShadowOffers>() });
        services.TryAddSingleton<IConversations, LocalConversations>();
        return services;
    }

    /// <summary>Adds an expert.</summary>
    public static IServiceCollection AddExpert(this IServiceCollection services, IExpert expert) => services.AddSingleton(expert);

    /// <summary>Adds anything that implements <see cref="IChatClient"/> as an expert.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="descriptor">Its name, price, skills and limits.</param>
    /// <param name="client">The chat client.</param>
    public static IServiceCollection AddChatClient(this IServiceCollection services, ExpertDescriptor descriptor, IChatClient client) =>
        services.AddSingleton<IExpert>(provider =>
            new ChatClientExpert(descriptor, client, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IdGenerator>()));

    internal static ComplexityConductor Conductor(ConductorOptions options, TimeProvider time) => new(
        new ComplexityOptions
        {
            Threshold = options.Threshold,
            Analyser = options.Analyser,
            SearchFirst = options.SearchFirst,
            MaxToolCalls = options.MaxFanOut,
        },
        text => ArithmeticQuestion.TryRead(text, out var expression) ? expression : null,
        time);

    private static IEmbedder Embedder(EmbeddingOptions options, TimeProvider time) =>
        options.Endpoint is null ? new HashedEmbedder() : new OpenAIEmbedder(options, options.ApiKeyEnv is { } name ? Environment.GetEnvironmentVariable(name) : null, time);

    private static WebhookSender? Webhook(WebhookOptions options, TimeProvider time) =>
        options.Url is { } url ? new WebhookSender(new Uri(url), Environment.GetEnvironmentVariable(options.SecretEnv!)!, time) : null;

    /// <summary>How accounts are run on the storage that is configured.</summary>
    public static LedgerBudgetsOptions Accounts(OrchestraOptions all)
    {
        var options = all.Budgets;
        var accounts = new LedgerBudgetsOptions { Lease = options.Lease, SettlementWait = SettlementWait };
        accounts = accounts with { WarningLines = options.WarningLines ?? accounts.WarningLines };
        // A file takes one commit after the other; a server takes several side by side.
        if (all.Storage.Kind == StorageOptions.Postgres)
            accounts = accounts with { Writers = PostgresWriters, MaxBatch = PostgresBatch };
        return options.Lease / 4 < accounts.SweepEvery ? accounts with { SweepEvery = options.Lease / 4 } : accounts;
    }

    private static ConversationLimits Limits(OrchestraOptions options) => new()
    {
        MaxTurns = options.Conductor.MaxTurns,
        Deadline = options.Conductor.Deadline,
        MaxFanOut = options.Conductor.MaxFanOut,
        OutputSlice = options.Budgets.OutputSlice,
        KeepTexts = options.Trajectories.KeepTexts,
    };
}
