using System.Text.Json;

namespace Voltwright.Gateway.Ocpp;

/// <summary>Finds what is well-formed and yet cannot be: times of a clock that was never set or runs far ahead.</summary>
public static class Plausibility
{
    /// <summary>The first such value, in words; null when there is none.</summary>
    public static string? Check(JsonElement payload, DateTimeOffset now) => payload.ValueKind switch
    {
        JsonValueKind.Object => payload.EnumerateObject()
            .Select(member => CheckMember(member, now) ?? Check(member.Value, now))
            .FirstOrDefault(problem => problem is not null),
        JsonValueKind.Array => payload.EnumerateArray().Select(item => Check(item, now)).FirstOrDefault(p => p is not null),
        _ => null,
    };

    private static string? CheckMember(JsonProperty member, DateTimeOffset now) => member.Name switch
    {
        "timestamp" when member.Value.ValueKind == JsonValueKind.String
            && StationClock.TryParse(member.Value.GetString()!, out var at) && !StationClock.IsPlausible(at, now) =>
            $"timestamp {member.Value.GetString()} is no time at which this can have happened; it is {now:O} here",
        _ => null,
    };
}
