using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Cluster;

/// <summary>An authority, and a certificate for nodes that it signed.</summary>
internal sealed class NodeCertificates
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);

    public NodeCertificates(TemporaryFolder folder)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=cluster authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(From, From.AddDays(10));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256).Create(authority, From, From.AddDays(5), [1, 2, 3, 4]);
        Options =
        [
            "--cluster-certificate", folder.Write("node.pem", certificate.ExportCertificatePem()),
            "--cluster-key", folder.Write("node.key", key.ExportPkcs8PrivateKeyPem()),
            "--cluster-ca", folder.Write("ca.pem", authority.ExportCertificatePem()),
        ];
    }

    public string[] Options { get; }
}
