using Voltwright.Jq;

namespace Voltwright.Gateway.Ocpp;

/// <summary>What OCPP 1.6 lacks and stations may learn: LEDs, by DataTransfer.</summary>
public static class VendorExtension
{
    public const string VendorId = "com.voltwright";
    public const string SetLed = "SetLed";

    public static string DataOf(StationCommand.SetLed command)
    {
        var data = new JsonObject.Builder().Set("led", command.Led).Set("action", command.Action);
        if (command.Color is not null)
            data.Set("color", command.Color);
        if (command.DurationMs is { } duration)
            data.Set("durationMs", duration);
        return ((JsonValue)data.ToObject()).ToString();
    }
}
