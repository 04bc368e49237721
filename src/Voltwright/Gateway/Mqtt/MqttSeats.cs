using System.Collections.Concurrent;

namespace Voltwright.Gateway.Mqtt;

/// <summary>Which station sits on which MQTT client id.</summary>
public sealed class MqttSeats
{
    /// <summary>The sender of commands; no station can take it.</summary>
    public const string Broker = "voltwright";

    private readonly ConcurrentDictionary<string, string> _stations = new(StringComparer.Ordinal);

    /// <summary>True for a free client id and for the station's own, which then takes its older connection over.</summary>
    public bool TryTake(string clientId, string stationId) => clientId != Broker && _stations.GetOrAdd(clientId, stationId) == stationId;

    public void Leave(string clientId) => _stations.TryRemove(clientId, out _);
}
