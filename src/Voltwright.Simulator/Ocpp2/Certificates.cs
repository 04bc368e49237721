using Voltwright.Ocpp.V201;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The station's own certificate, and those that it trusts.</summary>
static class Certificates
{
    public static CertificateSignedResponse Take(Ocpp2Station station, CertificateSignedRequest request) => new()
    {
        Status = station.Keyring.Take(request.CertificateChain) ? CertificateSignedStatus.Accepted : CertificateSignedStatus.Rejected,
    };

    public static GetInstalledCertificateIdsResponse List(Ocpp2Station station, GetInstalledCertificateIdsRequest request)
    {
        var found = station.Keyring.Find(request.CertificateType);
        return found.Count > 0
            ? new() { Status = GetInstalledCertificateStatus.Accepted, CertificateHashDataChain = found }
            : new() { Status = GetInstalledCertificateStatus.NotFound };
    }
}
