using System.Globalization;
using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class MeterValues
{
    public static async Task<MeterValuesResponse> HandleAsync(
        OcppStation station, MeterValuesRequest request, CancellationToken cancellation)
    {
        var samples = Samples.From(request.MeterValue);

        // Connector 0 is the station's main meter: it belongs to no slot and bills nobody.
        if (request.ConnectorId > 0 && samples.Count > 0)
        {
            var transaction = request.TransactionId?.ToString(CultureInfo.InvariantCulture);
            await station.Grain.MeterReported(new MeterFact(request.ConnectorId, transaction, samples));
        }

        return new MeterValuesResponse();
    }
}
