using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21;

/// <summary>The station ends an event stream. OCPP 2.1 part 2, block N.</summary>
public sealed record ClosePeriodicEventStreamRequest : Extensible, IOcppRequest<ClosePeriodicEventStreamResponse>
{
    [AtLeast(0)] public required int Id { get; init; }
}

/// <summary>Answers <see cref="ClosePeriodicEventStreamRequest"/>.</summary>
public sealed record ClosePeriodicEventStreamResponse : Extensible;
