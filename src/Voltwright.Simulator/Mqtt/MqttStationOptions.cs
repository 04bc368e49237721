using MQTTnet.Formatter;

namespace Voltwright.Simulator.Mqtt;

/// <summary>What a simulated native station is and how it behaves.</summary>
public sealed record MqttStationOptions
{
    public required string Id { get; init; }

    public required string Host { get; init; }

    public int Port { get; init; } = 1883;

    public string? Secret { get; init; }

    public int Slots { get; init; } = 2;

    public string Vendor { get; init; } = "Voltwright";

    public string Model { get; init; } = "Virtual IoT";

    public string Firmware { get; init; } = "1.0.0";

    /// <summary>MQTT 5 or 3.1.1.</summary>
    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V500;

    /// <summary>Never replies to a command.</summary>
    public bool IsMute { get; init; }

    /// <summary>Publishes every event twice with one id, as QoS 1 allows.</summary>
    public bool RepeatsEvents { get; init; }

    public TimeSpan Reaction { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan MeterInterval { get; init; } = TimeSpan.FromMinutes(1);

    public (TimeSpan First, TimeSpan Longest) BackOff { get; init; } = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    public long MeterStartWh { get; init; } = 1_000_000;

    public int Seed { get; init; } = 1;
}
