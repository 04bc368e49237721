using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>There is no certificate authority here: the wish is logged for whoever has one, and refused.</summary>
internal static class SignCertificate
{
    public static async Task<SignCertificateResponse> HandleAsync(
        OcppStation station, SignCertificateRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("certificate-requested", JsonObject.Of(("csr", request.Csr)));
        return new SignCertificateResponse { Status = GenericStatus.Rejected };
    }
}
