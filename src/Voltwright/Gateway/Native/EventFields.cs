using System.Globalization;
using Voltwright.Jq;

namespace Voltwright.Gateway.Native;

/// <summary>Reads the members of an event and collects every problem, so that a station's maker sees them all at once.</summary>
public sealed class EventFields(JsonValue from, string path)
{
    // More than any meter shows in its life, less than what would overflow a sum.
    private const long MostWh = 1_000_000_000_000;

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public string Text(string name) => OptionalText(name) ?? Missing(name, "a string", string.Empty);

    public string? OptionalText(string name) => from[name] switch
    {
        { IsNull: true } => null,
        var value when value.TryGetString(out var text) && text.Length is > 0 and <= 2000 => text,
        _ => Wrong<string?>(name, "a string of 1 to 2000 characters"),
    };

    public int Slot() => OptionalSlot() ?? Missing("slotNumber", "a slot's number", 1);

    public int? OptionalSlot() => Whole("slotNumber", 1, 1000) is { } slot ? (int)slot : null;

    public long Energy(string name) => Whole(name, 0, MostWh) ?? Missing(name, "energy in Wh", 0L);

    public long? OptionalEnergy(string name) => Whole(name, 0, MostWh);

    public long? OptionalPower(string name) => Whole(name, -100_000_000, 100_000_000);

    public bool? OptionalFlag(string name) => from[name].Kind switch
    {
        JsonKind.Null => null,
        JsonKind.True => true,
        JsonKind.False => false,
        _ => Wrong<bool?>(name, "true or false"),
    };

    /// <summary>An RFC 3339 moment that a working clock can show; null when there is none.</summary>
    public DateTimeOffset? OptionalTime(string name, DateTimeOffset now) => from[name] switch
    {
        { IsNull: true } => null,
        var value when value.TryGetString(out var text) && StationClock.TryParse(text, out var at) && StationClock.IsPlausible(at, now)
            => at,
        _ => Wrong<DateTimeOffset?>(name, "an RFC 3339 time that is no more than a day ahead"),
    };

    public string OneOf(string name, IReadOnlyCollection<string> allowed)
    {
        var text = Text(name);
        return text.Length == 0 || allowed.Contains(text) ? text : Wrong(name, $"one of {string.Join(", ", allowed)}") ?? text;
    }

    public void Refuse(string name, string expected) => Wrong<object>(name, expected);

    private long? Whole(string name, long least, long most) => from[name] switch
    {
        { IsNull: true } => null,
        var value when value.TryGetInt64(out var number) && number >= least && number <= most => number,
        _ => Wrong<long?>(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}")),
    };

    private T Missing<T>(string name, string expected, T instead)
    {
        if (from[name].IsNull)
            Wrong<object>(name, expected);
        return instead;
    }

    private T? Wrong<T>(string name, string expected, T? instead = default)
    {
        _problems.Add($"{path}{name} must be {expected}.");
        return instead;
    }

    private string? Wrong(string name, string expected) => Wrong<string>(name, expected);
}
