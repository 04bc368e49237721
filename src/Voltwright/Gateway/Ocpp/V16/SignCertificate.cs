using Voltwright.Certificates;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>The answer is consent; the certificate follows in a CertificateSigned.</summary>
internal static class SignCertificate
{
    public static async Task<SignCertificateResponse> HandleAsync(
        OcppStation station, SignCertificateRequest request, CancellationToken cancellation)
    {
        var answer = await station.Grain.CertificateRequested(request.Csr, StationCertificate.OfStation, null);
        return new SignCertificateResponse { Status = answer.Accepted ? GenericStatus.Accepted : GenericStatus.Rejected };
    }
}
