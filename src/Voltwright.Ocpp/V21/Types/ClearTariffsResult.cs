using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Whether a tariff was removed.</summary>
public sealed record ClearTariffsResult : Extensible
{
    public StatusInfo? StatusInfo { get; init; }
    [Text(60)] public string? TariffId { get; init; }
    public required TariffClearStatus Status { get; init; }
}

public enum TariffClearStatus
{
    Accepted,
    Rejected,
    NoTariff,
}
