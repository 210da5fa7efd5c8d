using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestra.Cluster.Tests.Processes;

/// <summary>An authority and the certificates that it signs, as files.</summary>
internal sealed class SiloCertificates : IDisposable
{
    private static readonly Oid Server = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2");
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public SiloCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Orchestra test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(Begin, End);
        _folder.Write("authority.pem", _authority.ExportCertificatePem());
    }

    private static DateTimeOffset Begin => TimeProvider.System.GetUtcNow().AddDays(-1);

    private static DateTimeOffset End => TimeProvider.System.GetUtcNow().AddDays(1);

    /// <summary>The settings of a silo with a certificate of this authority.</summary>
    public string[] Settings(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(name, key);
        var file = _folder.Write($"{name}.pem", certificate.ExportCertificatePem());
        var keyFile = _folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        return [$"Orchestra:Cluster:Tls:Certificate={file}", $"Orchestra:Cluster:Tls:Key={keyFile}", $"Orchestra:Cluster:Tls:Authority={_folder.File("authority.pem")}"];
    }

    /// <summary>A certificate of this authority with its key.</summary>
    public X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(name, key);
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Sign(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([Server, Client], critical: false));
        return request.Create(_authority, Begin.AddHours(1), End.AddHours(-1), RandomNumberGenerator.GetBytes(16));
    }
}
