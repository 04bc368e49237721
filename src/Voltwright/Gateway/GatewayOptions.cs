using System.Net;

namespace Voltwright.Gateway;

/// <summary>What an operator may tune about the conversation with stations.</summary>
public sealed record GatewayOptions
{
    /// <summary>0 takes a free port.</summary>
    public int MqttPort { get; init; } = 1883;

    public IPAddress MqttAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// A broker of the operator's, <c>mqtt://user:password@host:1883</c> or <c>mqtts://…</c>, instead of the embedded one; null has the latter.
    /// </summary>
    public Uri? MqttBroker { get; init; }

    /// <summary>Where stations reach this server by HTTP, for uploads; null takes what each of them dialled.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>How long a station may take to answer a command.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a station that says nothing after connecting is waited for, before it gets what it missed.</summary>
    public TimeSpan FirstWordsWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Commands that may wait for a station, the one under way included.</summary>
    public int CommandsInLine { get; init; } = 32;

    /// <summary>Told to OCPP stations at boot.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Told to OCPP stations that have to wait: when they boot again.</summary>
    public TimeSpan PendingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>WebSocket pings; one that stays unanswered for as long again ends the connection.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest message a station may send, bytes. The largest 1.6 message with sense is a StopTransaction with its samples.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;

    /// <summary>A connection that sent so many malformed messages is closed.</summary>
    public int MalformedMessagesTolerated { get; init; } = 50;
}
