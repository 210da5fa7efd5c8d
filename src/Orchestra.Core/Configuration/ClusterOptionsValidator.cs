using System.Net;
using System.Text.RegularExpressions;

namespace Orchestra.Core.Configuration;

/// <summary>Checks how a silo takes part in a cluster.</summary>
internal static partial class ClusterOptionsValidator
{
    private const string At = "Orchestra:Cluster";
    private static readonly string[] Roles = [ClusterOptions.Gateway, ClusterOptions.Conductor, ClusterOptions.Expert];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(ClusterOptions cluster, IReadOnlyDictionary<string, ExpertOptions> experts, List<string> errors)
    {
        foreach (var role in cluster.Roles.Where(role => !Roles.Contains(role)))
            errors.Add($"{At}:Roles has '{role}'; the roles are {string.Join(", ", Roles)}.");
        CheckName($"{At}:ClusterId", cluster.ClusterId, errors);
        CheckName($"{At}:ServiceId", cluster.ServiceId, errors);
        if (cluster.Address is { } address && !IPAddress.TryParse(address, out _))
            errors.Add($"{At}:Address is '{address}'; give the IP address at which other silos reach this one.");
        Bounds.Check($"{At}:SiloPort", cluster.SiloPort, 1, 65_535, errors);
        Bounds.Check($"{At}:GatewayPort", cluster.GatewayPort, 0, 65_535, errors);
        Bounds.Check($"{At}:GpuMemoryMb", cluster.GpuMemoryMb, 0, 100_000_000, errors);
        foreach (var name in cluster.Experts.Where(name => experts.GetValueOrDefault(name)?.Kind != "openai"))
            errors.Add($"{At}:Experts has '{name}', which is not a chat expert under Orchestra:Experts.");
        CheckTls(cluster.Tls, errors);
    }

    private static void CheckName(string setting, string name, List<string> errors)
    {
        if (!Name().IsMatch(name))
            errors.Add($"{setting} is '{name}'; it has 1 to 64 letters, digits, '-' and '_'.");
    }

    private static void CheckTls(ClusterTlsOptions tls, List<string> errors)
    {
        string?[] files = [tls.Certificate, tls.Key, tls.Authority];
        if (!tls.IsOn() && files.Any(file => file is not null))
            errors.Add($"{At}:Tls needs Certificate, Key and Authority, or none of them.");
        foreach (var file in files.OfType<string>().Where(file => !File.Exists(file)))
            errors.Add($"{At}:Tls names the file '{file}', which does not exist.");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
