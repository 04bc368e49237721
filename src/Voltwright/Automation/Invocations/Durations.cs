using Voltwright.Jq;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>Durations in a request: ISO 8601, or days to milliseconds (DSL reference, Duration).</summary>
internal static class Durations
{
    private static readonly (string Name, double Milliseconds)[] Units =
        [("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1000), ("milliseconds", 1)];

    public static TimeSpan Read(JsonValue value, string what)
    {
        if (value.TryGetString(out var text) && DurationText.TryParse(text, out var duration))
            return duration;
        if (value.TryGetObject(out var parts) && parts.Count > 0 && parts.All(p => p.Value.IsNumber && Units.Any(u => u.Name == p.Key)))
            return TimeSpan.FromMilliseconds(Units.Sum(u => parts[u.Name].IsNumber ? parts[u.Name].AsDouble() * u.Milliseconds : 0));
        throw new InvocationException(InvocationFailure.Configuration, $"'{what}' is no duration: {value}.");
    }
}
