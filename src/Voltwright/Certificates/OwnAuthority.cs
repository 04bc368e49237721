using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Storage;

namespace Voltwright.Certificates;

/// <summary>
/// The small certificate authority of an installation that has no other: one root on P-256, made when it is first needed, that
/// signs stations and, where the operator has no certificate, this server.
/// </summary>
public sealed class OwnAuthority(IStore store, TimeProvider clock) : ICertificateAuthority, IDisposable
{
    private const string Stream = "authority/own";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan RootLife = TimeSpan.FromDays(7305);
    private static readonly TimeSpan StationLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private X509Certificate2? _root;

    /// <summary>The root, for stations to install; without its key.</summary>
    public async Task<string> RootPemAsync(CancellationToken cancellation = default) => (await RootAsync(cancellation)).ExportCertificatePem();

    public async ValueTask<X509Certificate2Collection> RootsAsync(CancellationToken cancellation) =>
        [X509CertificateLoader.LoadCertificate((await RootAsync(cancellation)).RawDataMemory.Span)];

    public async Task<Outcome<string>> SignAsync(string csr, string use, CancellationToken cancellation)
    {
        var request = CertificateRequest.LoadSigningRequestPem(
            csr, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
        var wanted = new CertificateRequest(request.SubjectName, request.PublicKey, HashAlgorithmName.SHA256);
        using var leaf = Issue(await RootAsync(cancellation), wanted, StationLife, use == StationCertificate.V2g ? ServerAuthentication : ClientAuthentication);
        return leaf.ExportCertificatePem();
    }

    /// <summary>A certificate, with its key, for this server under the names and addresses that it is called by.</summary>
    public async Task<X509Certificate2> ForServerAsync(IEnumerable<string> hosts, CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (System.Net.IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        var wanted = new CertificateRequest("CN=Voltwright", key, HashAlgorithmName.SHA256);
        wanted.CertificateExtensions.Add(names.Build());
        using var leaf = Issue(await RootAsync(cancellation), wanted, ServerLife, ServerAuthentication);
        using var whole = leaf.CopyWithPrivateKey(key);

        // TLS on some platforms cannot use a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The list of revoked certificates, DER, good for a week.</summary>
    public async Task<byte[]> RevocationListAsync(IEnumerable<(string Serial, DateTimeOffset At)> revoked, CancellationToken cancellation)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var (serial, at) in revoked)
            list.AddEntry(Convert.FromHexString(serial), at);
        var now = clock.GetUtcNow();
        return list.Build(
            await RootAsync(cancellation), new BigInteger(now.ToUnixTimeSeconds()), now.AddDays(7), HashAlgorithmName.SHA256, thisUpdate: now);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _root?.Dispose();
    }

    private X509Certificate2 Issue(X509Certificate2 root, CertificateRequest wanted, TimeSpan life, string purpose)
    {
        wanted.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        wanted.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        wanted.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        wanted.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(wanted.PublicKey, false));
        wanted.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        var now = clock.GetUtcNow();
        using var key = root.GetECDsaPrivateKey()!;
        var until = now + life < root.NotAfter.ToUniversalTime() ? now + life : root.NotAfter.ToUniversalTime();
        return wanted.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - Tolerance, until, serial);
    }

    private async ValueTask<X509Certificate2> RootAsync(CancellationToken cancellation)
    {
        if (_root is { } known)
            return known;
        await _gate.WaitAsync(cancellation);
        try
        {
            while (_root is null)
                _root = await LoadAsync(cancellation) ?? await FoundAsync(cancellation);
            return _root;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<X509Certificate2?> LoadAsync(CancellationToken cancellation)
    {
        if (await store.LoadAsync(Stream, cancellation) is not { } stored)
            return null;
        var known = DomainJson.Read(stored.Body, DomainJson.Default.AuthorityKey);
        return X509Certificate2.CreateFromPem(known.Certificate, known.Key);
    }

    /// <summary>Null when another process was first.</summary>
    private async Task<X509Certificate2?> FoundAsync(CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"CN=Voltwright stations {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var wanted = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        wanted.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        wanted.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        wanted.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(wanted.PublicKey, false));
        var now = clock.GetUtcNow();
        var root = wanted.CreateSelfSigned(now - Tolerance, now + RootLife);
        var state = DomainJson.Write(
            new AuthorityKey(root.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), now), DomainJson.Default.AuthorityKey);
        try
        {
            await store.CommitAsync(new Commit { Writes = [new(Stream, 0, state)] }, cancellation);
            return root;
        }
        catch (StaleVersionException)
        {
            root.Dispose();
            return null;
        }
    }
}
