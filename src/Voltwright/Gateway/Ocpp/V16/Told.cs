using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Messages that change nothing here and yet must not be lost: each becomes an event that workflows can act on.</summary>
internal static class Told
{
    public static Task LogAsync(this OcppStation station, string what, JsonObject data, DateTimeOffset? at = null) =>
        station.Grain.Reported(
            Guid.NewGuid().ToString(), $"{EventTypes.StationPrefix}{what}.v1", data.With("stationId", station.Id), at ?? station.Now);
}
