using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Samples of a meter outside of transactions; 0 is the main meter. OCPP 2.0.1 part 2, block J.</summary>
public sealed record MeterValuesRequest : Extensible, IOcppRequest<MeterValuesResponse>
{
    /// <summary>0 is the station's main meter.</summary>
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }

    [Items(1)] public required IReadOnlyList<MeterValue> MeterValue { get; init; }
}

/// <summary>Answers <see cref="MeterValuesRequest"/>.</summary>
public sealed record MeterValuesResponse : Extensible;
