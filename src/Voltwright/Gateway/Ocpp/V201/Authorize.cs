using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>A card was held to the reader. The request has neither EVSE nor time.</summary>
internal static class Authorize
{
    public static async Task<AuthorizeResponse> HandleAsync(OcppStation station, AuthorizeRequest request, CancellationToken cancellation)
    {
        var card = IdTokens.CardOf(request.IdToken);
        var certificate = await CertificateChecks.ContractAsync(station, request, cancellation);
        if (certificate is { } doubtful and not AuthorizeCertificateStatus.Accepted)
            return new AuthorizeResponse { IdTokenInfo = new() { Status = AuthorizationStatus.Invalid }, CertificateStatus = doubtful };
        var decision = await station.Grain.CardPresented(new CardFact(card, null, station.CauseOf(card), false, station.Now));
        return new AuthorizeResponse
        {
            IdTokenInfo = IdTokens.InfoOf(decision, await station.GroupOfAsync(card, decision)),
            CertificateStatus = certificate,
        };
    }
}
