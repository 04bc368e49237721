using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Connection;

/// <summary>Bounds of a connection.</summary>
public sealed record PeerOptions
{
    /// <summary>Time for a call, from asking for it to its answer.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time that the other end has to take a message off the line before it counts as gone.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time that the other end has to agree to a close.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Bytes of the longest message that is read; a longer one is answered with a CALLERROR.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of a message that are skipped before the connection is closed as abusive.</summary>
    public int MaxSkippedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Calls of this end that may wait for their turn, the one on its way included.</summary>
    public int MaxWaitingCalls { get; init; } = 64;

    /// <summary>Calls of the other end that may wait; beyond, nothing more is read until one is done.</summary>
    public int MaxWaitingRequests { get; init; } = 32;

    /// <summary>What answers to this end's calls may get away with.</summary>
    public Lenience Lenience { get; init; } = Lenience.Field;

    /// <summary>Sees every message in both directions, as it is on the wire; must not block or keep the bytes.</summary>
    public Action<FrameDirection, ReadOnlyMemory<byte>>? Observe { get; init; }

    /// <summary>Sees what a handler threw; the other end only hears InternalError.</summary>
    public Action<string, Exception>? ObserveFailure { get; init; }
}

public enum FrameDirection
{
    Received,
    Sent,
}
