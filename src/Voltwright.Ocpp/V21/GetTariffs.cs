using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks for the tariffs of an EVSE. OCPP 2.1 part 2, block I.</summary>
public sealed record GetTariffsRequest : Extensible, IOcppRequest<GetTariffsResponse>
{
    [AtLeast(0)] public required int EvseId { get; init; }
}

/// <summary>Answers <see cref="GetTariffsRequest"/>.</summary>
public sealed record GetTariffsResponse : Extensible
{
    public required TariffGetStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Items(1)] public IReadOnlyList<TariffAssignment>? TariffAssignments { get; init; }
}

public enum TariffGetStatus
{
    Accepted,
    Rejected,
    NoTariff,
}
