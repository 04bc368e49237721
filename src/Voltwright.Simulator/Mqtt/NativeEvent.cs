using System.Text.Json;
using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Simulator.Mqtt;

/// <summary>A CloudEvent of a native station, in JSON structured mode.</summary>
static class NativeEvent
{
    public const string Prefix = "com.ev-power-supplier.charging-station.";

    /// <param name="name">Such as <c>card-scanned</c>.</param>
    public static byte[] Of(string stationId, string name, DateTimeOffset time, JsonObject data) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["specversion"] = "1.0",
        ["id"] = Guid.NewGuid().ToString(),
        ["source"] = $"https://ev-power-supplier.com/stations/{stationId}",
        ["type"] = $"{Prefix}{name}.v1",
        ["subject"] = stationId,
        ["time"] = OcppTime.Write(time),
        ["datacontenttype"] = "application/json",
        ["data"] = data,
    });
}
