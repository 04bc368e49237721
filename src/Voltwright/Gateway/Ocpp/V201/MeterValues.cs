using Voltwright.Ocpp.V201;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

internal static class MeterValues
{
    public static async Task<MeterValuesResponse> HandleAsync(
        OcppStation station, MeterValuesRequest request, CancellationToken cancellation)
    {
        var samples = Samples.From(request.MeterValue);

        // EVSE 0 is the station's main meter: it belongs to no slot and bills nobody.
        if (request.EvseId > 0 && samples.Count > 0)
            await station.Grain.MeterReported(new MeterFact(request.EvseId, null, samples));
        return new MeterValuesResponse();
    }
}
