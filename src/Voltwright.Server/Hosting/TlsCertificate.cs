using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Certificates;

namespace Voltwright.Server.Hosting;

/// <summary>
/// What this server shows where it listens by https: the operator's certificate, or one of our own authority, made anew at each start.
/// </summary>
internal sealed class TlsCertificate(ServerOptions options, OwnAuthority authority) : IHostedService, IDisposable
{
    private X509Certificate2? _certificate;

    public X509Certificate2 Current => _certificate ?? throw new InvalidOperationException("The server has no certificate yet.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var addresses = options.Urls.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)).ToList();
        if (addresses.Count > 0)
            _certificate = options.Certificate is { } file ? Load(file) : await authority.ForServerAsync(HostsOf(addresses), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _certificate?.Dispose();

    private X509Certificate2 Load(string file)
    {
        try
        {
            if (options.CertificateKey is null)
                return X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
            using var pem = options.CertificatePassword is { } password
                ? X509Certificate2.CreateFromEncryptedPemFile(file, password, options.CertificateKey)
                : X509Certificate2.CreateFromPemFile(file, options.CertificateKey);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                StartupProblem.CertificateUnusable, file, $"The certificate cannot be used: {e.Message}",
                "Give a PEM file with --certificate and its key with --certificate-key, or a PKCS #12 file with --certificate.", e);
        }
    }

    private static IEnumerable<string> HostsOf(IEnumerable<string> addresses) => addresses
        .Select(url => url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal))
        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host.Trim('[', ']') : null)
        .OfType<string>()
        .Where(host => !IPAddress.TryParse(host, out var ip) || !ip.Equals(IPAddress.Any))
        .Concat(["localhost", "127.0.0.1", "::1", Dns.GetHostName()]);
}
