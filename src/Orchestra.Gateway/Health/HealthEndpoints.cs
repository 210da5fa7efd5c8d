using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestra.Gateway.Health;

/// <summary>What orchestrators ask: whether the process lives, and whether it takes work. Neither touches a database or another host.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/healthz</c> and <c>/readyz</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var readiness = routes.ServiceProvider.GetRequiredService<Readiness>();
        routes.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        routes.MapGet("/readyz", context =>
        {
            context.Response.StatusCode = readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(readiness.IsReady ? "ready" : "not ready");
        });
    }
}
