using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Monitors and hard-wired events that fired. OCPP 2.0.1 part 2, block N.</summary>
public sealed record NotifyEventRequest : Extensible, IOcppRequest<NotifyEventResponse>
{
    public required DateTimeOffset GeneratedAt { get; init; }
    public bool? Tbc { get; init; }
    [AtLeast(0, Only21 = true)] public required int SeqNo { get; init; }
    [Items(1)] public required IReadOnlyList<EventData> EventData { get; init; }
}

/// <summary>Answers <see cref="NotifyEventRequest"/>.</summary>
public sealed record NotifyEventResponse : Extensible;
