using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Samples taken at the same time.</summary>
public sealed record MeterValue : Extensible
{
    [Items(1)] public required IReadOnlyList<SampledValue> SampledValue { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
}
