using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>A fact, however old: a doubt about the card goes into idTagInfo, never into an error (OCPP 1.6 §4.8).</summary>
internal static class StartTransaction
{
    public static async Task<StartTransactionResponse> HandleAsync(
        OcppStation station, StartTransactionRequest request, CancellationToken cancellation)
    {
        var started = await station.Grain.ChargingStarted(
            new ChargingStartedFact(request.ConnectorId, request.IdTag, request.MeterStart, request.Timestamp));
        var group = await station.GroupOfAsync(request.IdTag, started.Decision);
        return new StartTransactionResponse { IdTagInfo = IdTags.InfoOf(started.Decision, group), TransactionId = started.TransactionNumber };
    }
}
