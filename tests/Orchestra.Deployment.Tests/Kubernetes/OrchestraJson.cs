using System.Text;
using Microsoft.Extensions.Configuration;
using Orchestra.Core.Configuration;

namespace Orchestra.Deployment.Tests.Kubernetes;

/// <summary>Reads the ConfigMap's <c>orchestra.json</c> as a silo does: unknown settings and wrong values are errors.</summary>
internal static class OrchestraJson
{
    /// <summary>The checked options; the connection string is what the secret holds in a real cluster.</summary>
    public static OrchestraOptions Read(Manifests manifests)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(manifests.Configuration));
        var configuration = new ConfigurationBuilder().AddJsonStream(file).AddInMemoryCollection([new("Orchestra:Storage:ConnectionString", "Host=from.the.secret")]).Build();
        configuration.GetChildren().Select(section => section.Key).ShouldBe([OrchestraOptions.Section]);
        var options = new OrchestraOptions();
        configuration.GetSection(OrchestraOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        OrchestraOptionsValidator.Check(options);
        return options;
    }
}
