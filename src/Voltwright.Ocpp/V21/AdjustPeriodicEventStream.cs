using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Changes the rate of an event stream. OCPP 2.1 part 2, block N.</summary>
public sealed record AdjustPeriodicEventStreamRequest : Extensible, IOcppRequest<AdjustPeriodicEventStreamResponse>
{
    [AtLeast(0)] public required int Id { get; init; }
    public required PeriodicEventStreamParams Params { get; init; }
}

/// <summary>Answers <see cref="AdjustPeriodicEventStreamRequest"/>.</summary>
public sealed record AdjustPeriodicEventStreamResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
