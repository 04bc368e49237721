using System.Collections.Immutable;
using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Health;

/// <summary>What the log says of a station's health, gathered: <c>health/{stationId}</c>. It can be built again from the log.</summary>
/// <param name="Position">Of the newest event that is in it.</param>
/// <param name="Slots">By slot number: whether it had a fault or not.</param>
/// <param name="Disconnects">The newest ones.</param>
/// <param name="Faults">The newest ones, newest last.</param>
public sealed record HealthRecord(
    string StationId, long Position, UpMeter Line, ImmutableSortedDictionary<int, UpMeter> Slots, ImmutableArray<DateTimeOffset> Disconnects,
    ImmutableArray<Trouble> Faults, ImmutableArray<Trouble> Warnings, ImmutableArray<FirmwareSeen> Firmware, DateTimeOffset? BootedAt = null)
{
    private const int Kept = 50;

    /// <summary>The events that it is made of.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string>
    {
        EventTypes.Connected, EventTypes.Disconnected, EventTypes.Faulted, EventTypes.Recovered, EventTypes.SlotStatus, EventTypes.Booted,
    };

    public static HealthRecord Of(string stationId, DateTimeOffset now) => new(
        stationId, 0, UpMeter.Start(false, now), ImmutableSortedDictionary<int, UpMeter>.Empty, [], [], [], []);

    public HealthRecord With(long position, string type, DateTimeOffset at, JsonValue data)
    {
        if (position <= Position)
            return this;
        int? slot = data["slotNumber"].TryGetInt64(out var number) ? (int)number : null;
        var next = type switch
        {
            EventTypes.Connected => this with { Line = Line.Turn(true, at) },
            EventTypes.Disconnected => this with { Line = Line.Turn(false, at), Disconnects = Newest(Disconnects.Add(at)) },
            EventTypes.Faulted => (this with { Faults = Newest(Faults.Add(TroubleOf(slot, data["error"], at))) }).Turn(slot, false, at),
            EventTypes.Recovered => (this with { Faults = Recover(slot, at) }).Turn(slot, true, at),
            // A fault has an event of its own: here it would count twice.
            EventTypes.SlotStatus when data["status"] != "faulted" && Text(data["error"]) is { } code =>
                this with { Warnings = Newest(Warnings.Add(new(slot, code, Text(data["info"]), Text(data["vendorCode"]), at))) },
            EventTypes.SlotStatus => Turn(slot, true, at, onlyFirst: true),
            EventTypes.Booted => Booted(data, at),
            _ => this,
        };
        return next with { Position = position };
    }

    private HealthRecord Booted(JsonValue data, DateTimeOffset at)
    {
        var version = Text(data["firmware"]);
        var isNew = version is not null && (Firmware.IsEmpty || Firmware[^1].Version != version);
        return this with { BootedAt = at, Firmware = isNew ? Newest(Firmware.Add(new(version!, at))) : Firmware };
    }

    private HealthRecord Turn(int? slot, bool isUp, DateTimeOffset at, bool onlyFirst = false)
    {
        if (slot is not { } number)
            return this;
        var known = Slots.GetValueOrDefault(number);
        return known is not null && onlyFirst ? this
            : this with { Slots = Slots.SetItem(number, known?.Turn(isUp, at) ?? UpMeter.Start(isUp, at)) };
    }

    private ImmutableArray<Trouble> Recover(int? slot, DateTimeOffset at) =>
        [.. Faults.Select(f => f.Slot == slot && f.RecoveredAt is null ? f with { RecoveredAt = at } : f)];

    private static Trouble TroubleOf(int? slot, JsonValue error, DateTimeOffset at) =>
        new(slot, Text(error["code"]) ?? "Faulted", Text(error["info"]), Text(error["vendorCode"]), at);

    private static ImmutableArray<T> Newest<T>(ImmutableArray<T> items) => items.Length > Kept ? items[^Kept..] : items;

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;
}

/// <summary>A fault, or a warning: an error beside a status that goes on.</summary>
public sealed record Trouble(int? Slot, string Code, string? Info, string? VendorCode, DateTimeOffset At, DateTimeOffset? RecoveredAt = null);

public sealed record FirmwareSeen(string Version, DateTimeOffset Since);
