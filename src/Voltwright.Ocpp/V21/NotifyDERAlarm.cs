using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>A grid fault began or ended. OCPP 2.1 part 2, block R.</summary>
public sealed record NotifyDERAlarmRequest : Extensible, IOcppRequest<NotifyDERAlarmResponse>
{
    public required DERControl ControlType { get; init; }
    public GridEventFault? GridEventFault { get; init; }
    public bool? AlarmEnded { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    [Text(200)] public string? ExtraInfo { get; init; }
}

/// <summary>Answers <see cref="NotifyDERAlarmRequest"/>.</summary>
public sealed record NotifyDERAlarmResponse : Extensible;

public enum GridEventFault
{
    CurrentImbalance,
    LocalEmergency,
    LowInputPower,
    OverCurrent,
    OverFrequency,
    OverVoltage,
    PhaseRotation,
    RemoteEmergency,
    UnderFrequency,
    UnderVoltage,
    VoltageImbalance,
}
