using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Make, model and firmware of a station.</summary>
public sealed record ChargingStation : Extensible
{
    [Text(25)] public string? SerialNumber { get; init; }
    [Text(20)] public required string Model { get; init; }
    public Modem? Modem { get; init; }
    [Text(50)] public required string VendorName { get; init; }
    [Text(50)] public string? FirmwareVersion { get; init; }
}
