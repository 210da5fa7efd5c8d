namespace Orchestra.Core.Configuration;

/// <summary>How a silo takes part in a cluster; a node does not read it.</summary>
public sealed class ClusterOptions
{
    /// <summary>The role that serves the HTTP API.</summary>
    public const string Gateway = "gateway";

    /// <summary>The role that conducts queries and holds the tenants' accounts.</summary>
    public const string Conductor = "conductor";

    /// <summary>The role that holds experts.</summary>
    public const string Expert = "expert";

    /// <summary>The silo's roles: <c>gateway</c>, <c>conductor</c>, <c>expert</c>, in any combination. Default: all three.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>The cluster's id: silos with the same one on the same database belong together. Default <c>orchestra</c>; 1 to 64 letters, digits, '-' and '_'.</summary>
    public string ClusterId { get; set; } = "orchestra";

    /// <summary>The service's id, under which state is kept across clusters. Default <c>orchestra</c>; likewise.</summary>
    public string ServiceId { get; set; } = "orchestra";

    /// <summary>The silo's name. Default: the environment variable <c>POD_NAME</c>, else the machine's name and <see cref="SiloPort"/>.</summary>
    public string? SiloName { get; set; }

    /// <summary>The IP address at which other silos reach this one. Default: the environment variable <c>POD_IP</c>, else 127.0.0.1.</summary>
    public string? Address { get; set; }

    /// <summary>The port for other silos. Default 11111.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for callers inside the cluster. Default 30000; 0 opens none.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Role expert: the names of the experts that this silo can hold. Default: all chat experts of the configuration.</summary>
    public List<string> Experts { get; set; } = [];

    /// <summary>Role expert: the silo's GPU memory, MiB. Default 0.</summary>
    public int GpuMemoryMb { get; set; }

    /// <summary>Whether silos may talk without encryption beyond this machine, for networks that keep strangers out by other means. Default false.</summary>
    public bool Plaintext { get; set; }

    /// <summary>The certificates of silos; without them silos talk without encryption.</summary>
    public ClusterTlsOptions Tls { get; set; } = new();
}
