using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using HashAlgorithm = Voltwright.Ocpp.V201.Types.HashAlgorithm;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>A station's keys and certificates: asks for its own to be signed, keeps the roots it is given.</summary>
sealed class Keyring : IDisposable
{
    readonly Lock _lock = new();
    readonly List<(GetCertificateIdUse Use, CertificateHashData Hash)> _roots = [];
    ECDsa? _key;

    /// <summary>A new key, and the request to sign it, as PEM.</summary>
    public string Request(string stationId)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        lock (_lock)
        {
            _key?.Dispose();
            _key = key;
        }

        return new CertificateRequest($"CN={stationId},O=Voltwright", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>Takes a certificate if it is one for the key that was asked to be signed.</summary>
    public bool Take(string chain)
    {
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(chain);
            lock (_lock)
                return _key is not null && leaf.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_key.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public InstallCertificateStatus Install(InstallCertificateRequest asked)
    {
        try
        {
            using var root = X509Certificate2.CreateFromPem(asked.Certificate);
            lock (_lock) _roots.Add((Enum.Parse<GetCertificateIdUse>(asked.CertificateType.ToString()), HashOf(root)));
            return InstallCertificateStatus.Accepted;
        }
        catch (CryptographicException)
        {
            return InstallCertificateStatus.Rejected;
        }
    }

    public DeleteCertificateStatus Delete(CertificateHashData hash)
    {
        lock (_lock) return _roots.RemoveAll(root => root.Hash == hash) > 0 ? DeleteCertificateStatus.Accepted : DeleteCertificateStatus.NotFound;
    }

    public IReadOnlyList<CertificateHashDataChain> Find(IReadOnlyList<GetCertificateIdUse>? uses)
    {
        lock (_lock)
        {
            return
            [
                .. _roots.Where(root => uses is null || uses.Contains(root.Use))
                    .Select(root => new CertificateHashDataChain { CertificateType = root.Use, CertificateHashData = root.Hash }),
            ];
        }
    }

    public void Dispose() => _key?.Dispose();

    // The hash of the issuer's key is taken over the bare key, without its algorithm: RFC 6960 §4.1.1. A root is its own issuer.
    static CertificateHashData HashOf(X509Certificate2 root)
    {
        var info = new AsnReader(root.PublicKey.ExportSubjectPublicKeyInfo(), AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        return new CertificateHashData
        {
            HashAlgorithm = HashAlgorithm.SHA256,
            IssuerNameHash = Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)),
            IssuerKeyHash = Convert.ToHexStringLower(SHA256.HashData(info.ReadBitString(out _))),
            SerialNumber = root.SerialNumber,
        };
    }
}
