using System.Text.Json;
using System.Text.Json.Nodes;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Mqtt;

/// <summary>
/// What a native station does when told <c>{"id","type","data"}</c>; it replies <c>{"id","status","reason"?}</c>, status accepted,
/// rejected or unsupported.
/// </summary>
static class NativeCommands
{
    static readonly Dictionary<string, Func<MqttStation, JsonElement, string?>> Table = new()
    {
        ["set-led"] = SetLed,
        ["lock-slot"] = (station, data) => Move(station, data, locked: true),
        ["unlock-slot"] = (station, data) => Move(station, data, locked: false),
        ["start-charging"] = StartCharging,
        ["stop-charging"] = StopCharging,
        ["set-power-limit"] = SetPowerLimit,
        ["reset"] = Reset,
    };

    public static Task<JsonObject> ObeyAsync(MqttStation station, JsonElement command)
    {
        var reply = new JsonObject { ["id"] = Text(command, "id") };
        if (!Table.TryGetValue(Text(command, "type") ?? "", out var obey))
        {
            reply["status"] = "unsupported";
            reply["reason"] = $"there is no command '{Text(command, "type")}'";
            return Task.FromResult(reply);
        }

        var refusal = Refusal(() => obey(station, command.TryGetProperty("data", out var data) ? data : default));
        reply["status"] = refusal is null ? "accepted" : "rejected";
        if (refusal is not null) reply["reason"] = refusal;
        return Task.FromResult(reply);
    }

    static string? Refusal(Func<string?> obey)
    {
        try
        {
            return obey();
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    static string? SetLed(MqttStation station, JsonElement data)
    {
        var (led, state) = LedCommand.Read(data);
        if (led != "main" && !(int.TryParse(led, out var slot) && station.Slot(slot) is not null)) return $"there is no LED '{led}'";
        station.State.SetLed(led, state);
        return null;
    }

    static string? Move(MqttStation station, JsonElement data, bool locked)
    {
        var slot = SlotOf(station, data);
        if (slot.IsJammed) return "the lock is jammed";
        if (station.State.Slot(slot.Number).IsLocked != locked) station.Later(() => station.SetLock(slot, locked));
        return null;
    }

    static string? StartCharging(MqttStation station, JsonElement data)
    {
        var slot = SlotOf(station, data);
        if (Text(data, "cardId") is not { } cardId) return "cardId is missing";
        var state = station.State.Slot(slot.Number);
        if (state.Status is SlotStatus.Faulted or SlotStatus.Unavailable) return $"slot {slot.Number} is {state.Status}";
        var session = Text(data, "sessionId");
        if (slot.Process is not null) return state.Session == session ? null : $"slot {slot.Number} is charging";
        station.Later(() => station.Start(slot, session, cardId));
        return null;
    }

    static string? StopCharging(MqttStation station, JsonElement data)
    {
        var slot = SlotOf(station, data);
        if (Text(data, "sessionId") is { } session && station.State.Slot(slot.Number).Session is { } current && current != session)
            return $"slot {slot.Number} charges for session {current}";
        station.Later(() => station.Stop(slot, "Remote"));
        return null;
    }

    static string? SetPowerLimit(MqttStation station, JsonElement data)
    {
        var given = data.TryGetProperty("limitW", out var limit) && limit.ValueKind == JsonValueKind.Number;
        if (!given || !limit.TryGetInt32(out var watts) || watts < 0) return "limitW is no whole number of watts";
        SlotOf(station, data).Limit(watts);
        return null;
    }

    static string? Reset(MqttStation station, JsonElement data)
    {
        station.Later(station.Reboot);
        return null;
    }

    static MqttSlot SlotOf(MqttStation station, JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("slotNumber", out var number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) && station.Slot(value) is { } slot
            ? slot
            : throw new FormatException("slotNumber names no slot of this station");

    static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
