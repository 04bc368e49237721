using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Sets the tariff of drivers that have none of their own. OCPP 2.1 part 2, block I.</summary>
public sealed record SetDefaultTariffRequest : Extensible, IOcppRequest<SetDefaultTariffResponse>
{
    [AtLeast(0)] public required int EvseId { get; init; }
    public required Tariff Tariff { get; init; }
}

/// <summary>Answers <see cref="SetDefaultTariffRequest"/>.</summary>
public sealed record SetDefaultTariffResponse : Extensible
{
    public required TariffSetStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum TariffSetStatus
{
    Accepted,
    Rejected,
    TooManyElements,
    ConditionNotSupported,
    DuplicateTariffId,
}
