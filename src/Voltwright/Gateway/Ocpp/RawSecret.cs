using Voltwright.Jq;

namespace Voltwright.Gateway.Ocpp;

/// <summary>A new secret inside an operator's command in the station's own protocol.</summary>
/// <param name="Place">Which of the variables of the command it is.</param>
internal sealed record RawSecret(string Value, int Place)
{
    /// <summary>Null when the command gives the station no secret.</summary>
    public static RawSecret? In(string action, JsonValue payload)
    {
        switch (action)
        {
            case "ChangeConfiguration" when Is(payload["key"], "AuthorizationKey"):
                return Of(payload["value"], 0);
            case "SetVariables" when payload["setVariableData"] is { Kind: JsonKind.Array } variables:
                // The last one counts, as it does for the station.
                var place = variables.AsArray().ToList().FindLastIndex(
                    v => Is(v["component"]["name"], "SecurityCtrlr") && Is(v["variable"]["name"], "BasicAuthPassword"));
                return place < 0 ? null : Of(variables[place]["attributeValue"], place);
            default:
                return null;
        }
    }

    /// <summary>What the station's answer means for the secret.</summary>
    public CommandOutcome Judge(CommandOutcome told)
    {
        if (told is not CommandOutcome.Accepted { Answer: var answer })
            return told;
        var status = answer["setVariableResult"] is { Kind: JsonKind.Array } results ? results[Place]["attributeStatus"] : answer["status"];
        return Is(status, "Accepted") || Is(status, "RebootRequired") ? told : new CommandOutcome.Rejected($"The station answered {status}.");
    }

    private static RawSecret? Of(JsonValue value, int place) => value.Kind == JsonKind.String ? new(value.AsString(), place) : null;

    // Names of configuration keys and variables have no capitals that matter.
    private static bool Is(JsonValue value, string name) =>
        value.Kind == JsonKind.String && string.Equals(value.AsString(), name, StringComparison.OrdinalIgnoreCase);
}
