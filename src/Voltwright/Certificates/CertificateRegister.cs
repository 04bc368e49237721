using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Storage;

namespace Voltwright.Certificates;

/// <summary>The certificates of stations: what was issued, what each station has, what is good no longer.</summary>
public sealed class CertificateRegister(IStore store, ICertificateAuthority authority, CertificateOptions options, TimeProvider clock)
{
    private const string Kind = "certificate";
    private const int LeastRsaBits = 2048;
    private const int LeastCurveBits = 224;

    /// <summary>Has a request signed that a station made for itself. It is delivered by whoever talks to the station.</summary>
    /// <param name="csr">PKCS #10 as PEM.</param>
    public async Task<Outcome<StationCertificate>> IssueAsync(
        string csr, string stationId, string use, int? requestId = null, CancellationToken cancellation = default)
    {
        if (!StationCertificate.Uses.Contains(use))
            return new Refusal(RefusalKind.Invalid, $"use must be one of {string.Join(", ", StationCertificate.Uses)}, not {use}.");
        if (ProblemOf(csr, stationId) is { } problem)
            return new Refusal(RefusalKind.Invalid, problem);
        var signed = await authority.SignAsync(csr, use, cancellation);
        if (signed.Value is not { } chain)
            return signed.Refusal!;
        using var leaf = X509Certificate2.CreateFromPem(chain);
        var certificate = new StationCertificate(
            leaf.SerialNumber, stationId, use, leaf.Subject, leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime(),
            leaf.GetCertHashString(HashAlgorithmName.SHA256), chain, CertificateStatus.Issued, clock.GetUtcNow(), RequestId: requestId);
        var renewal = new TimerChange(StreamOf(leaf.SerialNumber), "renewal", RenewalOf(certificate));
        while (true)
        {
            var newest = await store.LoadAsync(PointerOf(stationId, use), cancellation);
            var pointer = DomainJson.Write(new CertificatePointer(certificate.Serial), DomainJson.Default.CertificatePointer);
            try
            {
                StreamWrite[] writes = [Write(0, certificate), new(PointerOf(stationId, use), newest?.Version ?? 0, pointer)];
                await store.CommitAsync(new Commit { Writes = writes, Timers = [renewal] }, cancellation);
                return certificate;
            }
            catch (StaleVersionException)
            {
                // The station asked twice at once: the later one is its newest.
            }
        }
    }

    /// <summary>What was issued for a station last; null when nothing was.</summary>
    public async ValueTask<StationCertificate?> NewestAsync(string stationId, string use, CancellationToken cancellation) =>
        await store.LoadAsync(PointerOf(stationId, use), cancellation) is { } stored
            ? await FindAsync(DomainJson.Read(stored.Body, DomainJson.Default.CertificatePointer).Serial, cancellation)
            : null;

    public async ValueTask<StationCertificate?> FindAsync(string serial, CancellationToken cancellation = default) =>
        await store.LoadAsync(StreamOf(serial), cancellation) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.StationCertificate)
            : null;

    public Task<StationCertificate?> DeliveredAsync(string serial, string? problem, CancellationToken cancellation) => ChangeAsync(
        serial,
        known => known.Status == CertificateStatus.Revoked ? known : known with
        {
            Status = problem is null ? CertificateStatus.Delivered : CertificateStatus.Refused,
            DeliveredAt = problem is null ? clock.GetUtcNow() : known.DeliveredAt,
            Problem = problem,
        },
        cancellation);

    /// <summary>Null when there is no such certificate.</summary>
    public Task<StationCertificate?> RevokeAsync(string serial, CancellationToken cancellation) => ChangeAsync(
        serial,
        known => known with { Status = CertificateStatus.Revoked, RevokedAt = known.RevokedAt ?? clock.GetUtcNow() },
        cancellation,
        new TimerChange(StreamOf(serial), "renewal", null));

    /// <summary>What was revoked and would still be in force.</summary>
    public async Task<IReadOnlyList<StationCertificate>> RevokedAsync(CancellationToken cancellation)
    {
        var revoked = await store.ListAsync(Kind, [("status", "revoked")], 10_000, null, cancellation);
        return [.. revoked.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.StationCertificate))
            .Where(c => c.NotAfter > clock.GetUtcNow())];
    }

    public Task SetRenewalAsync(string serial, DateTimeOffset? at, CancellationToken cancellation) =>
        store.CommitAsync(new Commit { Timers = [new TimerChange(StreamOf(serial), "renewal", at)] }, cancellation).AsTask();

    /// <summary>Why that certificate does not prove that this is the station; null when it does.</summary>
    public async Task<string?> ProblemAsync(ReadOnlyMemory<byte> der, string stationId, CancellationToken cancellation = default)
    {
        X509Certificate2 shown;
        try
        {
            shown = X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException e)
        {
            return $"What was shown is no certificate: {e.Message}";
        }

        using (shown)
        {
            if (CommonNameOf(shown.SubjectName) != stationId)
                return $"The certificate is of '{CommonNameOf(shown.SubjectName)}', not of {stationId}.";
            if (await FindAsync(shown.SerialNumber, cancellation) is { Status: CertificateStatus.Revoked } revoked
                && revoked.Fingerprint == shown.GetCertHashString(HashAlgorithmName.SHA256))
                return $"The certificate of {stationId} was revoked.";
            return ChainProblem(shown, await authority.RootsAsync(cancellation));
        }
    }

    /// <summary>The common name of a subject; null when it has none, or several.</summary>
    public static string? CommonNameOf(X500DistinguishedName name)
    {
        try
        {
            var found = name.EnumerateRelativeDistinguishedNames().Where(n => !n.HasMultipleElements && n.GetSingleElementType().Value == "2.5.4.3").ToList();
            return found is [var only] ? only.GetSingleElementValue() : null;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    private string? ChainProblem(X509Certificate2 shown, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        foreach (var root in options.TrustedRoots)
            chain.ChainPolicy.CustomTrustStore.Add(root);

        // Ours are looked up above; an authority of others is asked for nothing while a station waits at the door.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(options.Intermediates);
        return chain.Build(shown)
            ? null
            : $"The certificate is not believed: {string.Join(' ', chain.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct())}";
    }

    private static string? ProblemOf(string csr, string stationId)
    {
        CertificateRequest request;
        try
        {
            request = CertificateRequest.LoadSigningRequestPem(
                csr, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or AsnContentException)
        {
            return $"The request is no signed PKCS #10 in PEM: {e.Message}";
        }

        if (CommonNameOf(request.SubjectName) is var name && name != stationId)
            return $"The request is for '{name}': the common name must be the station's id, {stationId}.";
        using var rsa = request.PublicKey.GetRSAPublicKey();
        using var curve = request.PublicKey.GetECDsaPublicKey();
        return rsa is { KeySize: >= LeastRsaBits } || curve is { KeySize: >= LeastCurveBits }
            ? null
            : $"The key is too weak: RSA needs {LeastRsaBits} bits, an elliptic curve {LeastCurveBits}.";
    }

    /// <summary>When two thirds of its life are over.</summary>
    private static DateTimeOffset RenewalOf(StationCertificate certificate) =>
        certificate.NotAfter - ((certificate.NotAfter - certificate.NotBefore) / 3);

    private async Task<StationCertificate?> ChangeAsync(
        string serial, Func<StationCertificate, StationCertificate> change, CancellationToken cancellation, TimerChange? timer = null)
    {
        while (await store.LoadAsync(StreamOf(serial), cancellation) is { } stored)
        {
            var next = change(DomainJson.Read(stored.Body, DomainJson.Default.StationCertificate));
            try
            {
                await store.CommitAsync(
                    new Commit { Writes = [Write(stored.Version, next)], Timers = timer is null ? [] : [timer] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // Decide anew on what the other writer left.
            }
        }

        return null;
    }

    private static StreamWrite Write(long version, StationCertificate certificate) =>
        new(StreamOf(certificate.Serial), version, DomainJson.Write(certificate, DomainJson.Default.StationCertificate));

    private static string PointerOf(string stationId, string use) => $"{use}-certificate/{stationId}";

    private static string StreamOf(string serial) => $"{Kind}/{serial.ToUpperInvariant()}";
}
