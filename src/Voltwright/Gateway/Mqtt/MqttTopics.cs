using Voltwright.Stations;

namespace Voltwright.Gateway.Mqtt;

/// <summary>The three topics of a native station; it sees and writes no other.</summary>
public readonly record struct MqttTopics(string StationId)
{
    /// <summary>A station called <c>+</c> would hear the commands of all.</summary>
    public static bool IsPossibleFor(string stationId) =>
        Station.IsValidId(stationId) && !stationId.Contains('+', StringComparison.Ordinal);

    public string Events => $"stations/{StationId}/events";

    public string Replies => $"stations/{StationId}/replies";

    public string Commands => $"stations/{StationId}/commands";
}
