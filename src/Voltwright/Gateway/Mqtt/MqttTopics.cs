namespace Voltwright.Gateway.Mqtt;

/// <summary>The three topics of a native station; it sees and writes no other.</summary>
public readonly record struct MqttTopics(string StationId)
{
    public string Events => $"stations/{StationId}/events";

    public string Replies => $"stations/{StationId}/replies";

    public string Commands => $"stations/{StationId}/commands";
}
