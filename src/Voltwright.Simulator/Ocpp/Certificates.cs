using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Ocpp2;
using Wire2 = Voltwright.Ocpp.V201;

namespace Voltwright.Simulator.Ocpp;

/// <summary>The station's own certificate and its roots, kept as in 2.x. OCPP 1.6 security whitepaper §5.</summary>
static class Certificates
{
    public static CertificateSignedResponse Take(Keyring keyring, CertificateSignedRequest request) => new()
    {
        Status = keyring.Take(request.CertificateChain) ? CertificateSignedStatus.Accepted : CertificateSignedStatus.Rejected,
    };

    public static InstallCertificateResponse Install(Keyring keyring, InstallCertificateRequest request) => new()
    {
        Status = keyring.Install(new Wire2.InstallCertificateRequest
        {
            Certificate = request.Certificate,
            CertificateType = request.CertificateType == CertificateUse.ManufacturerRootCertificate
                ? Wire2.InstallCertificateUse.ManufacturerRootCertificate
                : Wire2.InstallCertificateUse.CSMSRootCertificate,
        }) == Wire2.InstallCertificateStatus.Accepted ? CertificateStatus.Accepted : CertificateStatus.Rejected,
    };

    public static GetInstalledCertificateIdsResponse List(Keyring keyring, GetInstalledCertificateIdsRequest request)
    {
        var use = request.CertificateType == CertificateUse.ManufacturerRootCertificate
            ? Wire2.Types.GetCertificateIdUse.ManufacturerRootCertificate
            : Wire2.Types.GetCertificateIdUse.CSMSRootCertificate;
        var found = keyring.Find([use]).Select(chain => chain.CertificateHashData).Select(hash => new CertificateHashData
        {
            HashAlgorithm = Enum.Parse<HashAlgorithm>(hash.HashAlgorithm.ToString()),
            IssuerNameHash = hash.IssuerNameHash,
            IssuerKeyHash = hash.IssuerKeyHash,
            SerialNumber = hash.SerialNumber,
        }).ToList();
        return found.Count > 0
            ? new() { Status = GetInstalledCertificateStatus.Accepted, CertificateHashData = found }
            : new() { Status = GetInstalledCertificateStatus.NotFound };
    }

    public static DeleteCertificateResponse Delete(Keyring keyring, DeleteCertificateRequest request)
    {
        var deleted = keyring.Delete(new Wire2.Types.CertificateHashData
        {
            HashAlgorithm = Enum.Parse<Wire2.Types.HashAlgorithm>(request.CertificateHashData.HashAlgorithm.ToString()),
            IssuerNameHash = request.CertificateHashData.IssuerNameHash,
            IssuerKeyHash = request.CertificateHashData.IssuerKeyHash,
            SerialNumber = request.CertificateHashData.SerialNumber,
        });
        return new() { Status = deleted == Wire2.DeleteCertificateStatus.Accepted ? DeleteCertificateStatus.Accepted : DeleteCertificateStatus.NotFound };
    }
}
