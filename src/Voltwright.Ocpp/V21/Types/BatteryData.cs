using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>One battery at a swap slot.</summary>
public sealed record BatteryData : Extensible
{
    [AtLeast(0)] public required int EvseId { get; init; }
    [Text(50)] public required string SerialNumber { get; init; }
    [AtLeast(0), AtMost(100)] public required decimal SoC { get; init; }
    [AtLeast(0), AtMost(100)] public required decimal SoH { get; init; }
    public DateTimeOffset? ProductionDate { get; init; }
    [Text(500)] public string? VendorInfo { get; init; }
}
