using System.Globalization;
using System.Net;
using Orchestra.Core.Configuration;
using Orchestra.Hosting;

namespace Orchestra.Silo.Clustering;

/// <summary>Where a silo is found.</summary>
/// <param name="Name">The silo's name.</param>
/// <param name="Address">The IP address at which other silos reach it.</param>
internal sealed record SiloAddresses(string Name, IPAddress Address)
{
    /// <summary>The addresses of a configuration. Throws <see cref="HostException"/> where silos would talk in the open beyond this machine and nobody said that they may.</summary>
    public static SiloAddresses Of(ClusterOptions cluster)
    {
        var text = cluster.Address ?? Environment.GetEnvironmentVariable("POD_IP") ?? IPAddress.Loopback.ToString();
        if (!IPAddress.TryParse(text, out var address))
            throw new HostException($"'{text}' is no IP address; set Orchestra:Cluster:Address to the one at which other silos reach this one.");
        if (!IPAddress.IsLoopback(address) && !cluster.Tls.IsOn() && !cluster.Plaintext)
            throw new HostException($"Silos at {address} would talk without encryption and take calls from anybody who reaches their ports. Give them certificates under Orchestra:Cluster:Tls, or set Orchestra:Cluster:Plaintext to true where the network keeps strangers out.");
        var name = cluster.SiloName ?? Environment.GetEnvironmentVariable("POD_NAME") ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{cluster.SiloPort}");
        return new SiloAddresses(name, address);
    }
}
