using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Testing;

/// <summary>A key as a station makes it, with requests and certificates for it, made on the fly.</summary>
public sealed class StationKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A PKCS #10 request in PEM.</summary>
    public string RequestFor(string commonName) => Wanted(commonName).CreateSigningRequestPem();

    /// <summary>The certificate that came back, with this key.</summary>
    public X509Certificate2 Complete(string pem)
    {
        using var leaf = X509Certificate2.CreateFromPem(pem);
        using var whole = leaf.CopyWithPrivateKey(_key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A certificate that nobody stands for.</summary>
    public X509Certificate2 SelfSigned(string commonName, DateTimeOffset now)
    {
        using var whole = Wanted(commonName).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => _key.Dispose();

    private CertificateRequest Wanted(string commonName) => new($"O=Acme, CN={commonName}", _key, HashAlgorithmName.SHA256);
}
