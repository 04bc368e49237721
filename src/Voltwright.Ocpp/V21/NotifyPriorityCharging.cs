using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21;

/// <summary>Priority charging was switched on or off at the station. OCPP 2.1 part 2, block K.</summary>
public sealed record NotifyPriorityChargingRequest : Extensible, IOcppRequest<NotifyPriorityChargingResponse>
{
    [Text(36)] public required string TransactionId { get; init; }
    public required bool Activated { get; init; }
}

/// <summary>Answers <see cref="NotifyPriorityChargingRequest"/>.</summary>
public sealed record NotifyPriorityChargingResponse : Extensible;
