namespace Voltwright.Support;

public sealed partial record Ticket
{
    public Ticket ReportedAgain(DateTimeOffset now, string? info) =>
        (this with { Reports = Reports + 1, LastReportedAt = now, RecoveredAt = null }).Noted(info is null || info == Info ? null : info);

    public Ticket Recovered(DateTimeOffset now) => Status == TicketStatus.Closed ? this : this with { RecoveredAt = now };

    public Ticket Close(string? resolution, DateTimeOffset now) => Status == TicketStatus.Closed
        ? this
        : this with { Status = TicketStatus.Closed, ClosedAt = now, Resolution = resolution };

    private Ticket Noted(string? note) => note is null || Notes.Length >= 20 ? this : this with { Notes = Notes.Add(note) };
}
