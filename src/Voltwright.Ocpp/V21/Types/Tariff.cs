using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>What charging costs.</summary>
public sealed record Tariff : Extensible
{
    [Text(60)] public required string TariffId { get; init; }
    [Items(1, 10)] public IReadOnlyList<MessageContent>? Description { get; init; }
    [Text(3)] public required string Currency { get; init; }
    public TariffEnergy? Energy { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public TariffTime? ChargingTime { get; init; }
    public TariffTime? IdleTime { get; init; }
    public TariffFixed? FixedFee { get; init; }
    public TariffTime? ReservationTime { get; init; }
    public TariffFixed? ReservationFixed { get; init; }
    public Price? MinCost { get; init; }
    public Price? MaxCost { get; init; }
}
