namespace Voltwright.Ocpp.V16.Types;

/// <summary>Samples taken at one instant. OCPP 1.6 §7.33.</summary>
public sealed record MeterValue
{
    public required DateTimeOffset Timestamp { get; init; }
    public required IReadOnlyList<SampledValue> SampledValue { get; init; }
}
