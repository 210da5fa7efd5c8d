namespace Orchestra.Core.Configuration;

/// <summary>Mutual TLS between silos: all three files or none.</summary>
public sealed class ClusterTlsOptions
{
    /// <summary>The silo's certificate, a PEM file; good for both ends of a connection.</summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key, a PEM file.</summary>
    public string? Key { get; set; }

    /// <summary>The authority that signed the certificates of all silos, a PEM file; no other is trusted.</summary>
    public string? Authority { get; set; }

    /// <summary>Whether the files are named.</summary>
    public bool IsOn() => Certificate is not null && Key is not null && Authority is not null;
}
