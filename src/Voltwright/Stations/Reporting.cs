using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Sessions;

namespace Voltwright.Stations;

/// <summary>What stations say of themselves and their slots: status, faults, locks.</summary>
internal static class Reporting
{
    private const string Unnamed = "Faulted";
    private static readonly TimeSpan Live = TimeSpan.FromMinutes(1);

    public static void Status(Turn turn, SlotStatusFact fact)
    {
        if (fact.Slot is null or 0)
        {
            OfStation(turn, fact);
            return;
        }

        if (turn.Station.FindSlot(fact.Slot) is not { } slot)
        {
            Announce(turn, fact, "This slot is not registered: raise the number of slots of the station.");
            return;
        }

        // Replayed from before the newest report: history, unless the station's clock was set back.
        if (fact.At < slot.ReportedAt && fact.At < turn.Now - Live)
            return;
        OfSlot(turn, fact, slot);
        FollowSession(turn, fact, turn.Station.FindSlot(fact.Slot)!);
    }

    private static void OfSlot(Turn turn, SlotStatusFact fact, Slot slot)
    {
        var (fault, last) = Follow(turn, fact, slot.Fault, slot.LastFault);
        var warning = fault is null ? fact.Error : null;
        if (slot.Reported != fact.Status || slot.Warning != warning)
            Announce(turn, fact, null);
        if (slot.Fault is not null && fault is null)
            Recovered(turn, fact, slot.Fault);

        var unplugged = fact.Status == "available" && slot.SessionId is null;
        turn.Station = turn.Station.With(slot with
        {
            Reported = fact.Status,
            ReportedAt = fact.At,
            Warning = warning,
            Fault = fault,
            LastFault = last,
            Lock = unplugged ? new()
                : fact.Locked is { } locked ? slot.Lock with { Confirmed = locked, Problem = null }
                : slot.Lock,
        });
    }

    private static void OfStation(Turn turn, SlotStatusFact fact)
    {
        var before = turn.Station.Fault;
        var (fault, last) = Follow(turn, fact, before, turn.Station.LastFault);
        if (before is not null && fault is null)
            Recovered(turn, fact, before);
        turn.Station = turn.Station with { Fault = fault, LastFault = last };
    }

    /// <summary>A fault is told when it appears; not when it is repeated, nor when it flaps.</summary>
    private static (Fault? Now, Fault? Last) Follow(Turn turn, SlotStatusFact fact, Fault? before, Fault? last)
    {
        if (fact.Status != "faulted")
            return (null, last);
        // OCPP 2.x tells of one fault twice, in either order: that there is one, and which.
        if (before is not null && (fact.Error is null || before.Code == Unnamed))
            return (before with { Info = before.Info ?? fact.Info, VendorCode = before.VendorCode ?? fact.VendorCode }, last);
        var code = fact.Error ?? Unnamed;
        if (before?.Code == code)
            return (before, last);
        var flapping = last?.Code == code && turn.Now - last.AnnouncedAt < turn.Options.FaultDebounce;
        var fault = new Fault(code, fact.Info, fact.VendorCode, fact.At, flapping ? last!.AnnouncedAt : turn.Now);
        if (!flapping)
            turn.Tell(EventTypes.Faulted, Clock.Believe(fact.At, turn.Now).At, ErrorData(turn, fact.Slot, fault), fact.EventId);
        return (fault, fault);
    }

    private static void Recovered(Turn turn, SlotStatusFact fact, Fault fault)
    {
        turn.Tell(EventTypes.Recovered, Clock.Believe(fact.At, turn.Now).At, ErrorData(turn, fact.Slot, fault));
        foreach (var entry in turn.Station.OpenTickets.Where(t => t.Slot == (fact.Slot is 0 ? null : fact.Slot) && t.Code == fault.Code))
        {
            if (turn.FindTicket(entry.Id) is { } ticket)
                turn.Keep(ticket.Recovered(turn.Now));
        }
    }

    private static void FollowSession(Turn turn, SlotStatusFact fact, Slot slot)
    {
        if (slot.SessionId is null && fact.Status is "charging" or "suspended" && turn.Find(turn.Station.PushedOutOf(slot.Number)?.Id) is { } back)
        {
            turn.Station = turn.Station.Holding(back);
            slot = turn.Station.FindSlot(slot.Number)!;
        }

        if (turn.Find(slot.SessionId) is not { Status: SessionStatus.Charging } session)
            return;
        var at = Clock.Believe(fact.At, turn.Now).At;
        switch (fact.Status)
        {
            case "suspended" or "finishing":
                turn.Keep(session.Idling(true, at));
                break;
            case "charging":
                turn.Keep(session.Idling(false, at));
                break;
            // In 1.6 a transaction needs a cable and an authorization. In 2.x it may begin before either.
            case "available" or "preparing" when turn.Station.Protocol == "ocpp1.6":
                Charging.PushOut(turn, session);
                if (fact.Status == "available")
                    turn.Station = turn.Station.With(turn.Station.FindSlot(slot.Number)! with { Lock = new() });
                break;
            case "available":
                turn.Timer(Turn.StopTimer(session.Id), turn.Now + turn.Options.MissingStopGrace);
                break;
        }
    }

    private static void Announce(Turn turn, SlotStatusFact fact, string? problem) =>
        turn.Tell(EventTypes.SlotStatus, Clock.Believe(fact.At, turn.Now).At, StationEvent.Data(
            ("stationId", turn.Station.Id), ("slotNumber", StationEvent.Number(fact.Slot)), ("status", fact.Status), ("error", fact.Error),
            ("info", fact.Info), ("vendorCode", fact.VendorCode), ("problem", problem)));

    private static JsonObject ErrorData(Turn turn, int? slot, Fault fault) => StationEvent.Data(
        ("stationId", turn.Station.Id),
        ("slotNumber", StationEvent.Number(slot is 0 ? null : slot)),
        ("error", StationEvent.Data(("code", fault.Code), ("info", fault.Info), ("vendorCode", fault.VendorCode))));
}
