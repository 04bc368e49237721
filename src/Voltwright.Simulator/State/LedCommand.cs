using System.Text.Json;

namespace Voltwright.Simulator.State;

/// <summary>Reads <c>{"led","action","color"?,"durationMs"?}</c>, the same in both protocols.</summary>
static class LedCommand
{
    static readonly string[] Actions = ["on", "off", "flicker"];

    /// <exception cref="FormatException">A field is missing or wrong.</exception>
    public static (string Led, LedState State) Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) throw new FormatException("a LED command is an object");
        var led = Text(data, "led") ?? throw new FormatException("led is missing");
        var action = Text(data, "action") ?? throw new FormatException("action is missing");
        if (!Actions.Contains(action)) throw new FormatException($"action is one of {string.Join(", ", Actions)}");
        int? duration = data.TryGetProperty("durationMs", out var ms)
            && ms.ValueKind == JsonValueKind.Number && ms.TryGetInt32(out var value)
            ? value
            : null;
        return (led, new LedState(action, Text(data, "color"), duration));
    }

    static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
