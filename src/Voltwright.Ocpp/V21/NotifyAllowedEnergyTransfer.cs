using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Changes which ways of energy transfer a transaction may use. OCPP 2.1 part 2, block Q.</summary>
public sealed record NotifyAllowedEnergyTransferRequest : Extensible, IOcppRequest<NotifyAllowedEnergyTransferResponse>
{
    [Text(36)] public required string TransactionId { get; init; }
    [Items(1)] public required IReadOnlyList<EnergyTransferMode> AllowedEnergyTransfer { get; init; }
}

/// <summary>Answers <see cref="NotifyAllowedEnergyTransferRequest"/>.</summary>
public sealed record NotifyAllowedEnergyTransferResponse : Extensible
{
    public required NotifyAllowedEnergyTransferStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum NotifyAllowedEnergyTransferStatus
{
    Accepted,
    Rejected,
}
