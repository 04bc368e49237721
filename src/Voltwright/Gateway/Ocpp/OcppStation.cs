using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>What the handlers of one connection work with.</summary>
public sealed record OcppStation(string Id, string LinkId, IStationGrain Grain, GatewayOptions Options, TimeProvider Time)
{
    public DateTimeOffset Now => Time.GetUtcNow();
}
