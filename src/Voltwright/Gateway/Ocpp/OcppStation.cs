using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>What the handlers of one connection work with.</summary>
public sealed record OcppStation(string Id, string LinkId, IStationGrain Grain, GatewayOptions Options, TimeProvider Time)
{
    /// <summary>Reports of the device model that somebody waits for.</summary>
    internal V201.ReportInbox Reports { get; } = new();

    public DateTimeOffset Now => Time.GetUtcNow();
}
