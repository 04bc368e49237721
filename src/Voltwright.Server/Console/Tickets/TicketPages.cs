using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Support;

namespace Voltwright.Server.Console.Tickets;

/// <summary>Incidents: the list, one, reporting and closing.</summary>
internal static class TicketPages
{
    private const int OnPage = 50;

    public static void MapTicketPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/tickets", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapPost("/tickets", ReportAsync).Allow(Access.Support).KeepsToSight().WithSummary("Reports an incident");
        pages.MapGet("/tickets/{id}", ShowAsync).Allow(Access.Read).OfRecord("ticket", "id");
        pages.MapPost("/tickets/{id}/close", CloseAsync).Allow(Access.Support).OfRecord("ticket", "id").WithSummary("Closes a ticket");
    }

    private static Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? status = null, string? stationId = null, string? after = null) =>
        ListPageAsync(200, null, store, sight, status, stationId, after, cancellation);

    private static async Task<IResult> ListPageAsync(
        int code, string? problem, IStore store, Sight sight, string? status, string? stationId, string? after, CancellationToken cancellation)
    {
        var tickets = await store.ListAsync(
            "ticket", OnPage, after, body => DomainJson.Read(body, DomainJson.Default.Ticket), cancellation,
            [.. sight.Narrow(stationId?.Trim()), ("status", status)]);
        return Page.Of<TicketListPage>(
            code, ("Tickets", tickets.Items), ("Next", tickets.Next), ("Status", status), ("StationId", stationId), ("Problem", problem),
            ("IsFirst", string.IsNullOrEmpty(after)));
    }

    private static async Task<IResult> ReportAsync(
        HttpContext context, [FromForm] string? stationId, [FromForm] string? slot, [FromForm] string? code, [FromForm] string? info,
        StationControl control, Fleet fleet, IStore store, Sight sight, CancellationToken cancellation)
    {
        var station = (stationId ?? "").Trim();
        int? number = int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : null;
        if (number is null && !string.IsNullOrWhiteSpace(slot))
            return await ListPageAsync(400, $"There is no slot '{slot}'.", store, sight, "open", null, null, cancellation);
        var report = new IncidentReport(number, code, info, null);
        AuditTrail.Note(context, $"{station} {code}");
        var outcome = Station.IsValidId(station) && sight.Sees(station)
            ? await control.ReportIncident(station, report, null, cancellation)
            : new Refusal(RefusalKind.NotFound, $"There is no station '{station}'.");
        if (outcome.Refusal is { } refusal)
            return await ListPageAsync(400, refusal.Detail, store, sight, "open", null, null, cancellation);
        await fleet.RefreshAsync(station, cancellation);
        return Frame.Go(context, $"/tickets/{outcome.Value!.Id}", "The ticket is open.");
    }

    private static Task<IResult> ShowAsync(string id, IStore store, CancellationToken cancellation) => PageAsync(200, null, id, store, cancellation);

    private static async Task<IResult> PageAsync(int status, string? problem, string id, IStore store, CancellationToken cancellation) =>
        await FindAsync(id, store, cancellation) is { } ticket
            ? Page.Of<TicketPage>(status, ("Ticket", ticket), ("Problem", problem))
            : ConsolePage.NotFound("There is no such ticket.");

    private static async Task<IResult> CloseAsync(
        HttpContext context, string id, [FromForm] string? resolution, StationControl control, Fleet fleet, IStore store,
        CancellationToken cancellation)
    {
        if (await FindAsync(id, store, cancellation) is not { } ticket)
            return ConsolePage.NotFound("There is no such ticket.");
        var closed = await control.CloseTicket(ticket.StationId, id, string.IsNullOrWhiteSpace(resolution) ? null : resolution.Trim(), cancellation);
        if (closed.Refusal is { } refusal)
            return await PageAsync(409, refusal.Detail, id, store, cancellation);
        await fleet.RefreshAsync(ticket.StationId, cancellation);
        return Frame.Go(context, $"/tickets/{id}", "The ticket is closed; what it took out of order is back in service.");
    }

    private static async ValueTask<Ticket?> FindAsync(string id, IStore store, CancellationToken cancellation) =>
        await store.LoadAsync($"ticket/{id}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Ticket) : null;
}
