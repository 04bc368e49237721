using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Voltwright.Certificates;

/// <summary>
/// An authority of the operator's, asked over HTTP: the request as PEM goes there by POST (with <c>?use=v2g</c> when vehicles are to be
/// shown the certificate), the chain comes back as PEM, leaf first.
/// Its root is among the trusted ones of the configuration.
/// </summary>
public sealed class OutsideAuthority(Uri address, HttpClient http) : ICertificateAuthority
{
    public async Task<Outcome<string>> SignAsync(string csr, string use, CancellationToken cancellation)
    {
        try
        {
            using var content = new StringContent(csr, Encoding.ASCII, "application/x-pem-file");
            var asked = use == StationCertificate.OfStation ? address : new UriBuilder(address) { Query = $"use={use}" }.Uri;
            using var response = await http.PostAsync(asked, content, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                return new Refusal(RefusalKind.Invalid, $"The authority at {address.Authority} refused with {(int)response.StatusCode}.");
            using var leaf = X509Certificate2.CreateFromPem(text);
            return text;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Refusal(RefusalKind.Invalid, $"The authority at {address.Authority} cannot be reached: {e.Message}");
        }
        catch (CryptographicException e)
        {
            return new Refusal(RefusalKind.Invalid, $"The authority at {address.Authority} answered with no certificate: {e.Message}");
        }
    }

    public ValueTask<X509Certificate2Collection> RootsAsync(CancellationToken cancellation) => ValueTask.FromResult(new X509Certificate2Collection());
}
