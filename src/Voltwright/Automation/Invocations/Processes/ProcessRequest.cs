using Voltwright.Jq;

namespace Voltwright.Automation.Invocations.Processes;

/// <summary>What <c>run</c> tasks have in common: arguments, environment, standard input, and the shape of the result.</summary>
/// <param name="Names">Arguments by name; null when they are given by position.</param>
internal sealed record ProcessRequest(
    IReadOnlyList<string> Arguments, JsonObject? Names, IReadOnlyDictionary<string, string> Environment, string? Input, bool Await, string Return)
{
    public static ProcessRequest Read(JsonValue with)
    {
        var process = with["process"];
        var arguments = process["arguments"];
        return new ProcessRequest(
            arguments.TryGetArray(out var list) ? [.. list.Select(Text)] : [],
            arguments.TryGetObject(out var names) ? names : null,
            process["environment"].TryGetObject(out var environment)
                ? environment.ToDictionary(e => e.Key, e => Text(e.Value), StringComparer.Ordinal)
                : new Dictionary<string, string>(),
            process["stdin"] is { IsNull: false } input ? Text(input) : null,
            with["await"] != JsonValue.False,
            with["return"].TryGetString(out var form) ? form : "stdout");
    }

    /// <summary>Text as it is, anything else as JSON.</summary>
    public static string Text(JsonValue value) => value.TryGetString(out var text) ? text : value.IsNull ? "" : value.ToString();
}
