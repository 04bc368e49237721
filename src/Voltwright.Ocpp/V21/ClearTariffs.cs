using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Removes tariffs. OCPP 2.1 part 2, block I.</summary>
public sealed record ClearTariffsRequest : Extensible, IOcppRequest<ClearTariffsResponse>
{
    [Items(1), Text(60)] public IReadOnlyList<string>? TariffIds { get; init; }
    [AtLeast(0)] public int? EvseId { get; init; }
}

/// <summary>Answers <see cref="ClearTariffsRequest"/>.</summary>
public sealed record ClearTariffsResponse : Extensible
{
    [Items(1)] public required IReadOnlyList<ClearTariffsResult> ClearTariffsResult { get; init; }
}
