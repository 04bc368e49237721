using Voltwright.Stations;

namespace Voltwright.Support;

/// <summary>One open ticket for one incident: a station, a slot, a code, and a session where it is about one.</summary>
internal static class Incidents
{
    public const string Offline = "offline";
    private const int MaxOpen = 100;

    public static TicketEntry? FindOpen(Station station, IncidentReport report) => station.OpenTickets.FirstOrDefault(
        t => t.Slot == report.Slot && t.Code == report.Code && t.SessionId == report.SessionId);

    public static Outcome<Ticket> Report(Turn turn, IncidentReport report)
    {
        if (report.Slot is not null && turn.Station.FindSlot(report.Slot) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {turn.Station.Id} has no slot {report.Slot}.");
        if (FindOpen(turn.Station, report) is { } open && turn.FindTicket(open.Id) is { } known)
        {
            var again = known.ReportedAgain(turn.Now, report.Info);
            turn.Keep(again);
            return again;
        }

        if (turn.Station.OpenTickets.Length >= MaxOpen)
            return new Refusal(RefusalKind.Invalid, $"Station {turn.Station.Id} has {MaxOpen} open tickets: close some first.");
        var ticket = new Ticket
        {
            Id = turn.NewId("t"),
            StationId = turn.Station.Id,
            SlotNumber = report.Slot,
            SessionId = report.SessionId,
            Code = report.Code,
            Info = report.Info,
            VendorCode = report.VendorCode,
            OpenedAt = turn.Now,
            LastReportedAt = turn.Now,
        };
        turn.Keep(ticket);
        turn.Station = turn.Station.WithTickets(turn.Station.OpenTickets.Add(new(ticket.Id, report.Slot, report.Code, report.SessionId)));
        return ticket;
    }

    public static Outcome<Ticket> Close(Turn turn, string ticketId, string? resolution)
    {
        if (turn.FindTicket(ticketId) is not { } ticket || ticket.StationId != turn.Station.Id)
            return new Refusal(RefusalKind.NotFound, $"Station {turn.Station.Id} has no ticket {ticketId}.");
        var closed = ticket.Close(resolution, turn.Now);
        if (closed == ticket)
            return ticket;
        turn.Keep(closed);
        turn.Station = turn.Station.WithTickets(turn.Station.OpenTickets.RemoveAll(t => t.Id == ticketId));
        return closed;
    }
}
