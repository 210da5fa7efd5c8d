using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orchestra.Core.Configuration;
using Orchestra.Hosting;
using Orleans.Connections.Security;

namespace Orchestra.Silo.Clustering;

/// <summary>Mutual TLS between silos: each shows a certificate of the cluster's authority and takes nothing else.</summary>
internal static class SiloTls
{
    /// <summary>Turns it on where the configuration names certificates; throws <see cref="HostException"/> where they cannot be used.</summary>
    public static void Use(ISiloBuilder silo, ClusterTlsOptions tls)
    {
        if (!tls.IsOn())
            return;
        var certificate = Load(tls);
        var authority = LoadAuthority(tls.Authority!);
        silo.UseTls(certificate, options =>
        {
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (remote, _, _) => IsSigned(remote, authority);
            options.OnAuthenticateAsClient = (_, client) => client.TargetHost = "orchestra";
        });
    }

    /// <summary>Whether the authority signed a certificate that is valid now; its name does not matter, since silos have addresses that come and go.</summary>
    internal static bool IsSigned(X509Certificate2 remote, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(remote);
    }

    private static X509Certificate2 Load(ClusterTlsOptions tls)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HostException($"The certificate '{tls.Certificate}' with the key '{tls.Key}' cannot be used: {error.Message}", inner: error);
        }
    }

    private static X509Certificate2Collection LoadAuthority(string path)
    {
        var authority = new X509Certificate2Collection();
        try
        {
            authority.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new HostException($"The authority '{path}' cannot be used: {error.Message}", inner: error);
        }

        return authority.Count > 0 ? authority : throw new HostException($"The authority '{path}' holds no certificate.");
    }
}
