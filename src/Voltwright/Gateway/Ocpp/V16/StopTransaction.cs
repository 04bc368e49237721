using System.Globalization;
using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class StopTransaction
{
    public static async Task<StopTransactionResponse> HandleAsync(
        OcppStation station, StopTransactionRequest request, CancellationToken cancellation)
    {
        var decision = await station.Grain.ChargingStopped(ToFact(request));
        return decision is { } known && request.IdTag is { } idTag
            ? new StopTransactionResponse { IdTagInfo = IdTags.InfoOf(known, await station.GroupOfAsync(idTag, known)) }
            : new StopTransactionResponse();
    }

    public static ChargingStoppedFact ToFact(StopTransactionRequest request) => new(
        request.TransactionId.ToString(CultureInfo.InvariantCulture), null, null, request.MeterStop, request.Timestamp,
        (request.Reason ?? Voltwright.Ocpp.V16.Types.Reason.Local).ToString(), request.IdTag,
        request.TransactionData is { } data ? Samples.From(data) : null);
}
