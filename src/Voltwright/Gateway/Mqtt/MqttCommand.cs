using System.Collections.Frozen;
using Voltwright.Jq;

namespace Voltwright.Gateway.Mqtt;

/// <summary>A command in the words of native stations: <c>{"id", "type", "data"}</c>.</summary>
public sealed record MqttCommand(string Type, JsonValue Data)
{
    public static FrozenSet<string> Types { get; } =
        FrozenSet.Create("set-led", "lock-slot", "unlock-slot", "start-charging", "stop-charging", "set-power-limit", "reset");

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
