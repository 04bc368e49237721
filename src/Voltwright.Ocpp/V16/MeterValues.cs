using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Samples of a meter, in a transaction or clock-aligned. OCPP 1.6 §4.7, §6.31–6.32.</summary>
public sealed record MeterValuesRequest : IOcppRequest<MeterValuesResponse>
{
    /// <summary>0 is the station's main meter.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    public int? TransactionId { get; init; }
    public required IReadOnlyList<MeterValue> MeterValue { get; init; }
}

/// <summary>Answers <see cref="MeterValuesRequest"/>.</summary>
public sealed record MeterValuesResponse;
