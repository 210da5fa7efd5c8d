using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Configuration;

namespace Orchestra.Gateway.Metrics;

/// <summary>Shows any host's metrics, with or without a gateway; the host registers a <see cref="MetricsCollector"/>.</summary>
public static class MetricsEndpoints
{
    /// <summary>Maps <c>/metrics</c>, and measures from now on; does neither where it is switched off.</summary>
    /// <param name="routes">The host's routes.</param>
    /// <param name="options">Says whether it is on.</param>
    public static void Map(IEndpointRouteBuilder routes, GatewayOptions options)
    {
        if (!options.Metrics)
            return;
        var services = routes.ServiceProvider;
        routes.MapGet("/metrics", new MetricsEndpoint(services.GetRequiredService<MetricsCollector>(), services.GetService<TimeProvider>() ?? TimeProvider.System).ServeAsync);
    }
}
