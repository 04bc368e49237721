using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21;

/// <summary>A control of the grid connection took or lost effect. OCPP 2.1 part 2, block R.</summary>
public sealed record NotifyDERStartStopRequest : Extensible, IOcppRequest<NotifyDERStartStopResponse>
{
    [Text(36)] public required string ControlId { get; init; }
    public required bool Started { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    [Items(1, 24), Text(36)] public IReadOnlyList<string>? SupersededIds { get; init; }
}

/// <summary>Answers <see cref="NotifyDERStartStopRequest"/>.</summary>
public sealed record NotifyDERStartStopResponse : Extensible;
