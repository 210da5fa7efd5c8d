using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Admin;
using Orchestra.Gateway.Budgets;
using Orchestra.Gateway.Chat;
using Orchestra.Gateway.Errors;
using Orchestra.Gateway.Feedback;
using Orchestra.Gateway.Health;
using Orchestra.Gateway.Metrics;
using Orchestra.Gateway.Models;
using Orchestra.Gateway.OpenApi;

namespace Orchestra.Gateway;

/// <summary>Puts Orchestra's HTTP surface on a host; the host registers the domain (<c>IConversations</c>, <c>IBudgets</c>, stores, keys, catalogue).</summary>
public static class OrchestraGateway
{
    /// <summary>Registers the gateway's own parts.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<TenantEndpoints>();
        services.AddSingleton<TeamEndpoints>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<BudgetEndpoints>();
        services.AddSingleton<TenantBudgetEndpoints>();
        services.AddSingleton<LedgerEndpoints>();
        services.AddSingleton<SpendEndpoints>();
        services.AddSingleton<TrajectoryEndpoints>();
        services.AddSingleton<FeedbackEndpoint>();
        services.AddSingleton<PolicyEndpoints>();
        return services;
    }

    /// <summary>Maps every endpoint of the gateway.</summary>
    /// <param name="routes">The host's routes.</param>
    /// <param name="adminKey">The key of everything under <c>/admin</c>.</param>
    public static void MapGateway(this IEndpointRouteBuilder routes, AdminKey adminKey)
    {
        var services = routes.ServiceProvider;
        var boundary = new ErrorBoundary(services.GetRequiredService<ILogger<ErrorBoundary>>());
        routes.MapPost("/v1/chat/completions", boundary.Around(ActivatorUtilities.CreateInstance<ChatCompletionsEndpoint>(services).ServeAsync));
        routes.MapGet("/v1/models", boundary.Around(ActivatorUtilities.CreateInstance<ModelsEndpoint>(services).ServeAsync));
        routes.MapGet("/v1/budget", boundary.Around(ActivatorUtilities.CreateInstance<OwnBudgetEndpoint>(services).ServeAsync));
        routes.MapPost("/v1/feedback", boundary.Around(services.GetRequiredService<FeedbackEndpoint>().ServeAsync));
        routes.MapGet("/openapi/v1.json", boundary.Around(new OpenApiEndpoint().ServeAsync));
        HealthEndpoints.Map(routes);
        MetricsEndpoints.Map(routes, services.GetRequiredService<GatewayOptions>());
        ActivatorUtilities.CreateInstance<AdminEndpoints>(services, adminKey).Map(routes, boundary);
        routes.MapFallback(boundary.Around(Unknown));
    }

    private static Task Unknown(HttpContext context) =>
        throw new OrchestraException(ErrorCode.NotFound, 404, $"There is nothing for this method and path. The API is at /v1/chat/completions and /v1/models, its administration under /admin; /openapi/v1.json describes all of it.");
}
