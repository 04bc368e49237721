using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V21;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Messages that are told on as they are: each becomes an event that workflows can act on.</summary>
internal static class Told
{
    /// <summary>Serves a message by telling it, and answers with consent.</summary>
    public static HandlerTable<OcppStation> Tell<TRequest, TResponse>(
        this HandlerTable<OcppStation> table, string what, Func<TRequest, TResponse> answer)
        where TRequest : IOcppRequest<TResponse>
        where TResponse : notnull =>
        table.On<TRequest, TResponse>(async (station, request, _) =>
        {
            await station.TellAsync(what, request);
            return answer(request);
        });

    public static Task TellAsync<TRequest>(this OcppStation station, string what, TRequest request, DateTimeOffset? at = null)
        where TRequest : notnull
    {
        // 2.1 writes every field of 2.0.1 too.
        var payload = Ocpp21.Protocol.MessageOf(typeof(TRequest)).Write(request);
        var data = JsonValue.Parse(payload.GetRawText()).AsObject();
        return station.Grain.Reported(
            Guid.NewGuid().ToString(), $"{EventTypes.StationPrefix}{what}.v1", data.With("stationId", station.Id), at ?? station.Now);
    }
}
