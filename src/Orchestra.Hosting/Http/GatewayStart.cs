using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Core.Tenants;
using Orchestra.Gateway;
using Orchestra.Gateway.Health;
using Orchestra.Hosting.Start;

namespace Orchestra.Hosting.Http;

/// <summary>Opens the gateway of a host.</summary>
public static class GatewayStart
{
    private const string AdminKeyVariable = "ORCHESTRA_ADMIN_KEY";

    /// <summary>Makes the keys of a first start, and maps the endpoints, which need the admin key.</summary>
    public static async Task<FirstStartKeys> MapAsync(WebApplication app, CancellationToken ct)
    {
        var services = app.Services;
        var adminKey = await AdminKey.OpenAsync(services.GetRequiredService<ITenantStore>(), Environment.GetEnvironmentVariable(AdminKeyVariable), ct);
        var apiKey = await services.GetRequiredService<FirstStart>().EnsureAsync(ct);
        app.MapGateway(adminKey);
        return new FirstStartKeys(apiKey, adminKey.Generated);
    }

    /// <summary>Tells load balancers that the host takes queries, until it begins to stop.</summary>
    public static void Open(WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Lifetime.ApplicationStopping.Register(readiness.Stop);
        readiness.Start();
    }
}
