namespace Voltwright.Stations;

/// <summary>Whether an operator has a station or slot in service.</summary>
/// <param name="Reached"><c>wanted</c>, <c>confirmed</c>, <c>unsupported</c> or <c>failed</c>.</param>
[GenerateSerializer, Immutable]
public sealed record Availability(bool Operative, string Reached, DateTimeOffset At, string? Problem = null);

/// <param name="Slot">Null means the station as a whole.</param>
[GenerateSerializer, Immutable]
public sealed record AvailabilityPlan(int? Slot, bool Operative, DateTimeOffset At);

/// <param name="From">Null means now.</param>
/// <param name="Until">When it is the other way round again; null lasts.</param>
[GenerateSerializer, Immutable]
public sealed record AvailabilityWish(int? Slot, bool Operative, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>In and out of service, now or as planned.</summary>
internal static class Serving
{
    public const string Timer = "availability";
    private const int MostPlans = 50;

    public static Outcome<Station> Set(Turn turn, AvailabilityWish wish)
    {
        if (wish.Slot is { } wanted && turn.Station.FindSlot(wanted) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {turn.Station.Id} has no slot {wanted}.");
        if (wish.Until <= (wish.From ?? turn.Now))
            return new Refusal(RefusalKind.Invalid, "until must be later than from.");
        var plans = turn.Station.Plans.RemoveAll(p => p.Slot == wish.Slot && (wish.From is null || p.At >= wish.From));
        if (wish.From is { } from && from > turn.Now)
            plans = plans.Add(new(wish.Slot, wish.Operative, from));
        else
            turn.Station = Put(turn.Station, wish.Slot, new(wish.Operative, "wanted", turn.Now));
        if (wish.Until is { } until)
            plans = plans.Add(new(wish.Slot, !wish.Operative, until));
        if (plans.Length > MostPlans)
            return new Refusal(RefusalKind.Invalid, $"Station {turn.Station.Id} has {MostPlans} plans already.");
        turn.Station = turn.Station with { Plans = [.. plans.OrderBy(p => p.At)] };
        Arm(turn);
        return turn.Station;
    }

    public static void TimerDue(Turn turn)
    {
        foreach (var due in turn.Station.Plans.Where(p => p.At <= turn.Now))
        {
            turn.Station = Put(turn.Station, due.Slot, new(due.Operative, "wanted", turn.Now));
            turn.HasUndelivered = true;
        }

        turn.Station = turn.Station with { Plans = turn.Station.Plans.RemoveAll(p => p.At <= turn.Now) };
        Arm(turn);
    }

    /// <param name="told">When what the station was told was wanted; what is wanted since is still to be told.</param>
    public static void Reached(Turn turn, int? slot, DateTimeOffset told, string reached, string? problem)
    {
        if (slot is null && turn.Station.Availability is { } whole && whole.At == told)
            turn.Station = turn.Station with { Availability = whole with { Reached = reached, Problem = problem } };
        else if (turn.Station.FindSlot(slot) is { Availability: { } known } part && known.At == told)
            turn.Station = turn.Station.With(part with { Availability = known with { Reached = reached, Problem = problem } });
    }

    /// <summary>A station that comes back may have forgotten that it is out of service.</summary>
    public static Station Again(Station station) => station with
    {
        Availability = Again(station.Availability),
        Slots = station.Slots.Any(s => s.Availability is { Operative: false, Reached: not "wanted" } && !IsPartOfWhole(station, s))
            ? [.. station.Slots.Select(s => IsPartOfWhole(station, s) ? s : s with { Availability = Again(s.Availability) })]
            : station.Slots,
    };

    private static bool IsPartOfWhole(Station station, Slot slot) => station.Availability is { Operative: false } whole && slot.Availability?.At == whole.At;

    private static Availability? Again(Availability? known) => known is { Operative: false } ? known with { Reached = "wanted" } : known;

    // What holds for the station holds for its slots; they are not told one by one.
    private static Station Put(Station station, int? slot, Availability next) => slot is null
        ? station with { Availability = next, Slots = [.. station.Slots.Select(s => s with { Availability = next with { Reached = "confirmed" } })] }
        : station.With(station.FindSlot(slot)! with { Availability = next });

    private static void Arm(Turn turn) => turn.Timer(Timer, turn.Station.Plans is [var first, ..] ? first.At : null);
}
