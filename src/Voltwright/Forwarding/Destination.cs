using Voltwright.Events;

namespace Voltwright.Forwarding;

/// <summary>Somewhere that events are sent to.</summary>
/// <param name="Name">What its progress and dead letters are kept under: <c>webhook-…</c>, <c>publication-…</c>.</param>
/// <param name="Kind">For metrics: <c>webhook</c>, <c>mqtt</c>, <c>kafka</c>.</param>
/// <param name="Ended">Called once when this process is to stop sending: another one took over, or the receiver wants no more.</param>
public sealed record Destination(
    string Name, string Kind, IEventSink Sink, EventFilter Filter, ForwardingPolicy Policy, Action<ForwardingEnd> Ended);

public abstract record ForwardingEnd
{
    public sealed record TakenOver : ForwardingEnd;

    public sealed record Unwanted(string Reason) : ForwardingEnd;
}
