using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Certificates;

/// <summary>Who signs the certificates of stations: our own small authority, or one of the operator's.</summary>
public interface ICertificateAuthority
{
    /// <summary>Signs what a station asked for; its subject has been checked.</summary>
    /// <param name="csr">PEM of a PKCS #10 request with a valid signature.</param>
    /// <param name="use">As in <see cref="StationCertificate.Use"/>.</param>
    /// <returns>The chain as PEM, leaf first, without the root; or why not.</returns>
    Task<Outcome<string>> SignAsync(string csr, string use, CancellationToken cancellation);

    /// <summary>The roots whose certificates are believed. The caller disposes of them.</summary>
    ValueTask<X509Certificate2Collection> RootsAsync(CancellationToken cancellation);
}
