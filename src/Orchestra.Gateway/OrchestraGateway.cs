using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Gateway.Admin;
using Orchestra.Gateway.Chat;
using Orchestra.Gateway.Errors;
using Orchestra.Gateway.Health;
using Orchestra.Gateway.Models;

namespace Orchestra.Gateway;

/// <summary>Puts Orchestra's HTTP surface on a host; the host registers the domain (<c>IConversations</c>, <c>IBudgets</c>, stores, keys, catalogue).</summary>
public static class OrchestraGateway
{
    /// <summary>Registers the gateway's own parts.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The gateway's settings, checked.</param>
    public static void AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Readiness>();
        services.AddSingleton<TenantEndpoints>();
        services.AddSingleton<BudgetEndpoints>();
        services.AddSingleton<TrajectoryEndpoints>();
    }

    /// <summary>Maps every endpoint of the gateway.</summary>
    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var boundary = new ErrorBoundary(services.GetRequiredService<ILogger<ErrorBoundary>>());
        var readiness = services.GetRequiredService<Readiness>();
        routes.MapPost("/v1/chat/completions", boundary.Around(ActivatorUtilities.CreateInstance<ChatCompletionsEndpoint>(services).ServeAsync));
        routes.MapGet("/v1/models", boundary.Around(ActivatorUtilities.CreateInstance<ModelsEndpoint>(services).ServeAsync));
        routes.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        routes.MapGet("/readyz", context =>
        {
            context.Response.StatusCode = readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(readiness.IsReady ? "ready" : "not ready");
        });
        ActivatorUtilities.CreateInstance<AdminEndpoints>(services).Map(routes, boundary);
        routes.MapFallback(boundary.Around(Unknown));
    }

    private static Task Unknown(HttpContext context) =>
        throw new OrchestraException(ErrorCode.NotFound, 404, $"There is nothing for this method and path. The API is at /v1/chat/completions and /v1/models, its administration under /admin.");
}
