using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Switches priority charging of a transaction on or off. OCPP 2.1 part 2, block K.</summary>
public sealed record UsePriorityChargingRequest : Extensible, IOcppRequest<UsePriorityChargingResponse>
{
    [Text(36)] public required string TransactionId { get; init; }
    public required bool Activate { get; init; }
}

/// <summary>Answers <see cref="UsePriorityChargingRequest"/>.</summary>
public sealed record UsePriorityChargingResponse : Extensible
{
    public required PriorityChargingStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum PriorityChargingStatus
{
    Accepted,
    Rejected,
    NoProfile,
}
