using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A tariff and what it is assigned to.</summary>
public sealed record TariffAssignment : Extensible
{
    [Text(60)] public required string TariffId { get; init; }
    public required TariffKind TariffKind { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    [Items(1), AtLeast(0)] public IReadOnlyList<int>? EvseIds { get; init; }
    [Items(1), Text(255)] public IReadOnlyList<string>? IdTokens { get; init; }
}

public enum TariffKind
{
    DefaultTariff,
    DriverTariff,
}
