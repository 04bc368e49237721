using Voltwright.Stations;

namespace Voltwright.Server.Api;

/// <summary>A station as the API shows it: without the memory of taps and sessions that its decisions need.</summary>
public sealed record StationView(
    string Id, string Protocol, string? Name, bool Connected, StationStatus Status, DateTimeOffset RegisteredAt, DateTimeOffset? LastSeenAt,
    string? Vendor, string? Model, string? Serial, string? Firmware, Fault? Fault, IReadOnlyList<SlotView> Slots,
    IReadOnlyDictionary<string, LedView> Leds, IReadOnlyList<string> OpenTickets,
    int SecurityProfile, Availability? Availability, IReadOnlyList<AvailabilityPlan> Plans, string? SiteId, Registration Registration)
{
    public static StationView Of(Station station) => new(
        station.Id, station.Protocol, station.Name, station.Connected, station.Status, station.RegisteredAt, station.LastSeenAt,
        station.Vendor, station.Model, station.Serial, station.Firmware, station.Fault,
        [.. station.Slots.Select(SlotView.Of)],
        station.Leds.ToDictionary(led => led.Key, led => LedView.Of(led.Value)),
        [.. station.OpenTickets.Select(ticket => ticket.Id)], station.SecurityProfile, station.Availability, station.Plans,
        station.SiteId, station.Registration);
}

/// <param name="Lock">What is wanted of the plug's lock, and what the station confirmed.</param>
/// <param name="Reported">What the station itself said last.</param>
public sealed record SlotView(
    int Number, SlotStatus Status, string? SessionId, SlotLock Lock, string? Reported, string? Warning, Fault? Fault,
    string? ReservationId, Availability? Availability)
{
    public static SlotView Of(Slot slot) =>
        new(slot.Number, slot.Status, slot.SessionId, slot.Lock, slot.Reported, slot.Warning, slot.Fault,
            slot.ReservationId, slot.Availability);
}

/// <param name="Reached"><c>wanted</c>, <c>shown</c>, <c>unsupported</c> or <c>failed</c>.</param>
/// <param name="Duration">Milliseconds; absent lasts.</param>
public sealed record LedView(string Action, string? Color, int? Duration, string Reached, DateTimeOffset At, string? Problem)
{
    public static LedView Of(Led led) => new(led.Action, led.Color, led.DurationMs, led.Reached, led.At, led.Problem);
}
