namespace Voltwright.Ocpp.Connection;

/// <summary>Why a conversation ended.</summary>
public abstract record PeerClosing
{
    /// <summary>The other end said goodbye.</summary>
    public sealed record ByPeer(int? Status, string Reason) : PeerClosing;

    /// <summary>This end closed it.</summary>
    public sealed record ByUs(string Reason) : PeerClosing;

    /// <summary>The line broke, or the other end stopped reading.</summary>
    public sealed record Lost(string Reason) : PeerClosing;
}
