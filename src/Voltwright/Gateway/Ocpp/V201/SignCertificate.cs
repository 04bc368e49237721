using Voltwright.Certificates;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>The answer is consent; the certificate follows in a CertificateSigned.</summary>
internal static class SignCertificate
{
    public static async Task<SignCertificateResponse> HandleAsync(
        OcppStation station, SignCertificateRequest request, CancellationToken cancellation)
    {
        var isOfStation = request.CertificateType is null or CertificateSigningUse.ChargingStationCertificate;
        var answer = await station.Grain.CertificateRequested(
            request.Csr, isOfStation ? StationCertificate.OfStation : StationCertificate.V2g, request.RequestId);
        return new SignCertificateResponse { Status = answer.Accepted ? GenericStatus.Accepted : GenericStatus.Rejected };
    }
}
