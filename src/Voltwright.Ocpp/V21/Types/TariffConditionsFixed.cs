using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>When a fixed price holds.</summary>
public sealed record TariffConditionsFixed : Extensible
{
    public string? StartTimeOfDay { get; init; }
    public string? EndTimeOfDay { get; init; }
    [Items(1, 7)] public IReadOnlyList<DayOfWeek>? DayOfWeek { get; init; }
    public string? ValidFromDate { get; init; }
    public string? ValidToDate { get; init; }
    public EvseKind? EvseKind { get; init; }
    [Text(20)] public string? PaymentBrand { get; init; }
    [Text(20)] public string? PaymentRecognition { get; init; }
}
