using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>A card was held to the reader. The request has neither connector nor time.</summary>
internal static class Authorize
{
    public static async Task<AuthorizeResponse> HandleAsync(OcppStation station, AuthorizeRequest request, CancellationToken cancellation)
    {
        var decision = await station.Grain.CardPresented(new CardFact(request.IdTag, null, station.CauseOf(request.IdTag), false, station.Now));
        return new AuthorizeResponse { IdTagInfo = IdTags.InfoOf(decision, await station.GroupOfAsync(request.IdTag, decision)) };
    }
}
