using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How often a stream sends: seconds, and values at a time.</summary>
public sealed record PeriodicEventStreamParams : Extensible
{
    [AtLeast(0)] public int? Interval { get; init; }
    [AtLeast(0)] public int? Values { get; init; }
}
