using System.Collections.Frozen;
using Voltwright.Jq;

namespace Voltwright.Gateway.Mqtt;

/// <summary>A command in the words of native stations: <c>{"id", "type", "data"}</c>.</summary>
public sealed record MqttCommand(string Type, JsonValue Data)
{
    /// <summary>One of each, with data that says how it is meant.</summary>
    public static IReadOnlyList<MqttCommand> Samples { get; } =
    [
        new("set-led", JsonObject.Of(("led", "1"), ("action", "on"), ("color", "blue"))),
        new("lock-slot", JsonObject.Of(("slotNumber", 1))),
        new("unlock-slot", JsonObject.Of(("slotNumber", 1))),
        new("start-charging", JsonObject.Of(("slotNumber", 1), ("sessionId", ""), ("cardId", ""))),
        new("stop-charging", JsonObject.Of(("slotNumber", 1), ("sessionId", ""))),
        new("set-power-limit", JsonObject.Of(("slotNumber", 1), ("limitW", 11_000))),
        new("reset", JsonObject.Of(("kind", "soft"))),
    ];

    public static FrozenSet<string> Types { get; } = Samples.Select(s => s.Type).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Null when native stations have no such command.</summary>
    public static MqttCommand? From(StationCommand command) => command switch
    {
        StationCommand.SetLed c => new("set-led", Led(c)),
        StationCommand.LockSlot c => new("lock-slot", JsonObject.Of(("slotNumber", c.Slot))),
        StationCommand.UnlockSlot c => new("unlock-slot", JsonObject.Of(("slotNumber", c.Slot))),
        StationCommand.StartCharging c => new(
            "start-charging", JsonObject.Of(("slotNumber", c.Slot), ("sessionId", c.SessionId), ("cardId", c.CardId))),
        StationCommand.StopCharging c => new(
            "stop-charging", JsonObject.Of(("slotNumber", c.Slot), ("sessionId", c.TransactionId ?? c.SessionId))),
        StationCommand.Reset c => new("reset", JsonObject.Of(("kind", c.Kind))),
        _ => null,
    };

    public JsonValue ToMessage(string id) => JsonObject.Of(("id", id), ("type", Type), ("data", Data));

    private static JsonObject Led(StationCommand.SetLed c)
    {
        var data = new JsonObject.Builder().Set("led", c.Led).Set("action", c.Action);
        if (c.Color is not null)
            data.Set("color", c.Color);
        if (c.DurationMs is { } duration)
            data.Set("durationMs", duration);
        return data.ToObject();
    }
}
