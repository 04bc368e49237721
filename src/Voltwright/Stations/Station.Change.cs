using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Voltwright.Sessions;

namespace Voltwright.Stations;

public sealed partial record Station
{
    public const int MaxSlots = 64;
    public const int DefaultSecurityProfile = 1;
    private const int KeptClosedSessions = 16;
    private const int KeptTaps = 12;

    private static readonly string[] Protocols = ["ocpp1.6", "ocpp2.0.1", "ocpp2.1", "mqtt"];

    public static Outcome<Station> Register(StationRegistration registration, DateTimeOffset now)
    {
        var problems = new List<string>();
        if (!IsValidId(registration.Id))
            problems.Add("id must have 1 to 48 letters, digits or characters of -_.:=*+|@");
        if (!Protocols.Contains(registration.Protocol))
            problems.Add($"protocol must be one of {string.Join(", ", Protocols)}.");
        if (registration.Slots is < 1 or > MaxSlots)
            problems.Add($"slots must be between 1 and {MaxSlots}.");
        if (registration.Secret is { } secret && SecretProblem(secret) is { } problem)
            problems.Add(problem);
        if (ProfileProblem(registration.SecurityProfile, registration.Protocol) is { } unsafeProfile)
            problems.Add(unsafeProfile);
        if (problems.Count > 0)
            return new Refusal(RefusalKind.Invalid, string.Join(" ", problems));

        return new Station
        {
            Id = registration.Id,
            Protocol = registration.Protocol,
            Name = registration.Name,
            SecurityProfile = registration.SecurityProfile ?? DefaultSecurityProfile,
            SiteId = registration.SiteId is { Length: > 0 } site ? site : null,
            RegisteredAt = now,
            Slots = [.. Enumerable.Range(1, registration.Slots).Select(n => new Slot { Number = n })],
        };
    }

    public static bool IsValidId(string? id) => id is not (null or "." or "..") && IdPattern().IsMatch(id);

    public static string? SecretProblem(string secret) => secret.Length is < 1 or > 256 ? "secret must have 1 to 256 characters." : null;

    /// <summary>The station may say so in any version of OCPP; a native station may post over HTTP what it says over MQTT.</summary>
    public bool MaySpeak(string protocol) =>
        protocol == Protocol || (IsOcpp(protocol) && IsOcpp(Protocol)) || (protocol == "http" && Protocol == "mqtt");

    private static bool IsOcpp(string protocol) => protocol.StartsWith("ocpp", StringComparison.Ordinal);

    private static string? ProfileProblem(int? profile, string protocol) => profile switch
    {
        < 0 or > 3 => "securityProfile must be 0 (nothing), 1 (secret), 2 (secret over TLS) or 3 (client certificate).",
        3 when protocol == "mqtt" => "securityProfile 3 is for OCPP stations: native stations have a secret.",
        _ => null,
    };

    public Outcome<Station> Change(StationChange change)
    {
        if (change.Protocol is { } protocol && !Protocols.Contains(protocol))
            return new Refusal(RefusalKind.Invalid, $"protocol must be one of {string.Join(", ", Protocols)}.");
        if (ProfileProblem(change.SecurityProfile, change.Protocol ?? Protocol) is { } unsafeProfile)
            return new Refusal(RefusalKind.Invalid, unsafeProfile);
        var slots = change.Slots ?? Slots.Length;
        if (slots is < 1 or > MaxSlots)
            return new Refusal(RefusalKind.Invalid, $"slots must be between 1 and {MaxSlots}.");
        if (Slots.Skip(slots).FirstOrDefault(s => s.SessionId is not null) is { } busy)
            return new Refusal(RefusalKind.IllegalTransition, $"Slot {busy.Number} has session {busy.SessionId}: end it first.");

        return this with
        {
            Name = change.Name ?? Name,
            Protocol = change.Protocol ?? Protocol,
            SecurityProfile = change.SecurityProfile ?? SecurityProfile,
            SiteId = change.SiteId is { } site ? site.Length > 0 ? site : null : SiteId,
            Registration = change.Registration ?? Registration,
            Slots = [.. Slots.Take(slots), .. Enumerable.Range(1, slots).Skip(Slots.Length).Select(n => new Slot { Number = n })],
        };
    }

    public Slot? FindSlot(int? number) => number is >= 1 && number <= Slots.Length ? Slots[number.Value - 1] : null;

    public Station With(Slot slot) => this with { Slots = Slots.SetItem(slot.Number - 1, slot) };

    /// <summary>The session has the slot from now on.</summary>
    public Station Holding(Session session) => FindSlot(session.SlotNumber) is { } slot
        ? With(slot with { SessionId = session.Id, Charging = session.Status == SessionStatus.Charging })
        : this;

    /// <summary>Whether it has had more sessions than <see cref="Sessions"/> tells of.</summary>
    public bool MayHaveForgotten => Sessions.Count(e => e.ClosedAt is not null) >= KeptClosedSessions;

    public bool IsHolding(SessionEntry entry) => entry.ClosedAt is null && Slots.Any(s => s.SessionId == entry.Id);

    /// <summary>The newest session whose end at that slot is still to be told, although it has the slot no longer.</summary>
    public SessionEntry? PushedOutOf(int slot) => Sessions.LastOrDefault(e => e.ClosedAt is null && e.SlotNumber == slot && !IsHolding(e));

    /// <summary>The session has its slot no longer. What the station said about a cable that was charging is old news.</summary>
    public Station Releasing(string sessionId)
    {
        var next = this;
        foreach (var slot in Slots.Where(s => s.SessionId == sessionId))
        {
            next = next.With(slot with
            {
                SessionId = null,
                Charging = false,
                Reported = slot.Reported is "charging" or "suspended" or "suspended-by-station" ? null : slot.Reported,
            });
        }

        return next;
    }

    /// <summary>No LED shines for the session any more.</summary>
    public Station Darkening(string sessionId, DateTimeOffset now) => Leds.Values.Any(l => l.Without(sessionId, now) != l)
        ? this with { Leds = Leds.ToImmutableSortedDictionary(l => l.Key, l => l.Value.Without(sessionId, now), StringComparer.Ordinal) }
        : this;

    public Station Remembering(Session session)
    {
        var entry = new SessionEntry(
            session.Id, session.CardId, session.SlotNumber, session.OpenedAt, session.ClosedAt, session.TransactionId, session.StartedAt,
            session.MeterStartWh, session.StartSaidAt);
        var known = Sessions.FirstOrDefault(e => e.Id == session.Id);
        var entries = known is null ? Sessions.Add(entry) : Sessions.Replace(known, entry);
        var closed = entries.Where(e => e.ClosedAt is not null).ToList();
        return this with { Sessions = entries.RemoveRange(closed.Take(Math.Max(0, closed.Count - KeptClosedSessions))) };
    }

    public Station Remembering(Tap tap) => this with { Taps = [.. Taps.Append(tap).TakeLast(KeptTaps)] };

    public Station Spending(Tap tap) => this with { Taps = Taps.Replace(tap, tap with { Spent = true }) };

    /// <summary>Slots are out of order as long as an open ticket about them, or about the whole station, says so.</summary>
    public Station WithTickets(ImmutableArray<TicketEntry> tickets)
    {
        var grave = tickets.Where(t => t.TakesOutOfOrder).ToList();
        return this with
        {
            OpenTickets = tickets,
            OutOfOrder = grave.Exists(t => t.Slot is null),
            Slots = [.. Slots.Select(s => s with { OutOfOrder = grave.Exists(t => t.Slot is null || t.Slot == s.Number) })],
        };
    }

    /// <summary>As it looks at that moment: LEDs whose time is over show what they showed before.</summary>
    public Station AsOf(DateTimeOffset now) => Leds.Values.Any(l => l.Until <= now)
        ? this with { Leds = Leds.ToImmutableSortedDictionary(l => l.Key, l => l.Value.AsOf(now), StringComparer.Ordinal) }
        : this;

    [GeneratedRegex(@"^[A-Za-z0-9\-_.:=*+|@]{1,48}\z")]
    private static partial Regex IdPattern();
}
