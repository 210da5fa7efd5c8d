using Orchestra.Core.Configuration;
using Orchestra.Hosting;

namespace Orchestra.Silo.Roles;

/// <summary>What a silo does.</summary>
/// <param name="IsGateway">Whether it serves the HTTP API.</param>
/// <param name="IsConductor">Whether it conducts queries and holds accounts.</param>
/// <param name="IsExpert">Whether it holds experts.</param>
internal sealed record SiloRoles(bool IsGateway, bool IsConductor, bool IsExpert)
{
    /// <summary>The roles of a configuration that a silo can run with; throws <see cref="HostException"/> where it cannot.</summary>
    public static SiloRoles Of(OrchestraOptions options)
    {
        if (options.Storage.Kind != StorageOptions.Postgres)
            throw new HostException("The silos of a cluster share a PostgreSQL: set Orchestra:Storage:Kind to postgres and the environment variable ORCHESTRA_POSTGRES to its connection string. A node needs none: ./orchestra serve.");
        if (options.Experts.Count == 0)
            throw new HostException("A cluster takes its experts from the configuration, the same for all silos: name at least one under Orchestra:Experts.");
        var roles = options.Cluster.Roles;
        return new SiloRoles(Has(ClusterOptions.Gateway), Has(ClusterOptions.Conductor), Has(ClusterOptions.Expert));

        bool Has(string role) => roles.Count == 0 || roles.Contains(role);
    }

    /// <summary>Whether the domain runs in it.</summary>
    public bool HasDomain => IsGateway || IsConductor;

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", new[] { (IsGateway, ClusterOptions.Gateway), (IsConductor, ClusterOptions.Conductor), (IsExpert, ClusterOptions.Expert) }
        .Where(role => role.Item1).Select(role => role.Item2));
}
