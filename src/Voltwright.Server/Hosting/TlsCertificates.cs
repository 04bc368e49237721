using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Voltwright.Certificates;

namespace Voltwright.Server.Hosting;

/// <summary>
/// What this server shows where it listens by https: the operator's certificates, read again when their files change, or one of our own
/// authority. A client sees the one with the elliptic-curve key if it can use that, else the one with the RSA key.
/// </summary>
internal sealed partial class TlsCertificates(ServerOptions options, OwnAuthority authority, TimeProvider clock, ILogger<TlsCertificates> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LifeLeft = TimeSpan.FromDays(30);

    private static readonly object HelloKey = new();

    // What OCPP 2.0.1 wants of every server (A00.FR.318) and a platform's defaults leave out. Only who offers nothing better meets them.
    private static readonly TlsCipherSuite[] StaticRsa =
        [TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256];

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<string> _hosts = [];
    private Shown _shown = new(null, null, []);
    private Task _watching = Task.CompletedTask;

    /// <summary>Remembers the client's hello for <see cref="Choose"/>.</summary>
    public static void Listen(ConnectionContext connection, ReadOnlySequence<byte> record) => connection.Items[HelloKey] = ClientHello.Read(record);

    /// <summary>Puts the certificate that suits the client into the handshake.</summary>
    public void Choose(ConnectionContext connection, SslServerAuthenticationOptions tls)
    {
        var hello = connection.Items[HelloKey] as ClientHello? ?? ClientHello.Unknown;
        tls.ServerCertificateSelectionCallback = null;
        var shown = Volatile.Read(ref _shown);
        tls.ServerCertificateContext = (hello.Ecdsa ? shown.EllipticCurve ?? shown.Rsa : shown.Rsa ?? shown.EllipticCurve)
            ?? throw new InvalidOperationException("The server has no certificate yet.");
        if (tls.ServerCertificateContext == shown.Rsa && !hello.EphemeralRsa && OperatingSystem.IsLinux())
            tls.CipherSuitesPolicy = new CipherSuitesPolicy(StaticRsa);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var addresses = options.Urls.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)).ToList();
        if (addresses.Count == 0)
            return;
        _hosts = [.. HostsOf(addresses)];
        _shown = await ReadAsync(cancellationToken);
        _watching = WatchAsync(_stop.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Shows from now on what is new. Files that cannot be used, half written ones for instance, leave the old certificates in place.</summary>
    public async Task LookAgainAsync(CancellationToken cancellation)
    {
        try
        {
            if (options.ServerCertificates.Count > 0 ? Contents().SequenceEqual(_shown.Contents) : _shown.EllipticCurve!.TargetCertificate.NotAfter > SoonEnd())
                return;
            Volatile.Write(ref _shown, await ReadAsync(cancellation));
            Renewed();
        }
        catch (StartupException e)
        {
            NotRenewed(e.Message);
        }
    }

    private DateTime SoonEnd() => (clock.GetUtcNow() + LifeLeft).LocalDateTime;

    private async Task WatchAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(BetweenLooks, clock);
        while (await timer.WaitForNextTickAsync(stop))
            await LookAgainAsync(stop);
    }

    private async Task<Shown> ReadAsync(CancellationToken cancellation)
    {
        // Before the files: a change while they are read is seen at the next look.
        var shown = new Shown(null, null, Contents());
        foreach (var file in options.ServerCertificates)
            shown = Add(shown, file);
        return options.ServerCertificates.Count > 0
            ? shown : shown with { EllipticCurve = ContextOf(await authority.ForServerAsync(_hosts, cancellation), []) };
    }

    /// <summary>A hash of each file. Times would not do: behind a symbolic link to a changed folder they stay the same.</summary>
    private string[] Contents() =>
        [.. options.ServerCertificates.SelectMany(f => (string?[])[f.Path, f.KeyPath]).OfType<string>().Select(HashOf)];

    private static string HashOf(string file)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static SslStreamCertificateContext ContextOf(X509Certificate2 certificate, X509Certificate2Collection between) =>
        SslStreamCertificateContext.Create(certificate, between, offline: true);

    private Shown Add(Shown shown, CertificateFile file)
    {
        var context = Load(file);
        var isRsa = context.TargetCertificate.GetKeyAlgorithm() == "1.2.840.113549.1.1.1";
        if ((isRsa ? shown.Rsa : shown.EllipticCurve) is not null)
        {
            throw new StartupException(
                StartupProblem.CertificateUnusable, file.Path, "Another certificate has the same kind of key.",
                "Give --certificate once, or once with an elliptic-curve key and once with an RSA key.");
        }

        return isRsa ? shown with { Rsa = context } : shown with { EllipticCurve = context };
    }

    private SslStreamCertificateContext Load(CertificateFile file)
    {
        try
        {
            var all = file.KeyPath is { } key
                ? LoadPem(file.Path, key)
                : X509CertificateLoader.LoadPkcs12CollectionFromFile(file.Path, options.CertificatePassword);
            var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("There is no private key in it.");
            all.Remove(own);
            return ContextOf(own, all);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                StartupProblem.CertificateUnusable, file.Path, $"The certificate cannot be used: {e.Message}",
                "Give a PEM file with --certificate and its key with --certificate-key, or a PKCS #12 file with --certificate.", e);
        }
    }

    /// <summary>The certificate with its key, then those after it in its file.</summary>
    private X509Certificate2Collection LoadPem(string file, string keyFile)
    {
        using var pem = options.CertificatePassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(file, password, keyFile)
            : X509Certificate2.CreateFromPemFile(file, keyFile);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);

        // TLS on some platforms cannot use a key that lives in memory only.
        all[0] = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        return all;
    }

    private static IEnumerable<string> HostsOf(IEnumerable<string> addresses) => addresses
        .Select(url => url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal))
        .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Host.Trim('[', ']') : null)
        .OfType<string>()
        .Where(host => !IPAddress.TryParse(host, out var ip) || !ip.Equals(IPAddress.Any))
        .Concat(["localhost", "127.0.0.1", "::1", Dns.GetHostName()]);

    [LoggerMessage(LogLevel.Information, "The certificates that this server shows are new.")]
    private partial void Renewed();

    [LoggerMessage(LogLevel.Warning, "The certificates that this server shows stay as they are: {Why}")]
    private partial void NotRenewed(string why);

    /// <param name="Contents">Hashes of the files that they come from.</param>
    private sealed record Shown(SslStreamCertificateContext? EllipticCurve, SslStreamCertificateContext? Rsa, IReadOnlyList<string> Contents);
}
