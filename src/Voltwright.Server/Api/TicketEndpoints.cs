using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Support;

namespace Voltwright.Server.Api;

internal static class TicketEndpoints
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<Ticket>>().WithSummary("Lists tickets, newest first");
        tickets.MapGet("/{ticketId}", GetAsync).Allow(Access.Read).OfRecord("ticket", "ticketId").Produces<Ticket>().WithSummary("Shows a ticket");
        tickets.MapPost("/{ticketId}/close", CloseAsync).Allow(Access.Support).OfRecord("ticket", "ticketId").Produces<Ticket>()
            .WithSummary("Closes a ticket; what it took out of order goes back into service");
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? status = null, string? sessionId = null,
        int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "ticket", limit, after, Read, cancellation, [.. sight.Narrow(stationId), ("status", status), ("sessionId", sessionId)]));

    private static async Task<IResult> GetAsync(string ticketId, IStore store, CancellationToken cancellation) =>
        await FindAsync(store, ticketId, cancellation) is { } ticket ? TypedResults.Ok(ticket) : NotFound(ticketId);

    private static async Task<IResult> CloseAsync(
        string ticketId, Closing wanted, IStore store, StationControl control, CancellationToken cancellation) =>
        await FindAsync(store, ticketId, cancellation) is { } ticket
            ? (await control.CloseTicket(ticket.StationId, ticketId, wanted.Resolution, cancellation)).ToResult(t => TypedResults.Ok(t))
            : NotFound(ticketId);

    private static async ValueTask<Ticket?> FindAsync(IStore store, string ticketId, CancellationToken cancellation) =>
        await store.LoadAsync($"ticket/{ticketId}", cancellation) is { } stored ? Read(stored.Body) : null;

    private static Ticket Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Ticket);

    private static IResult NotFound(string ticketId) => Problem.NotFound($"There is no ticket '{ticketId}'.").ToResult();

    /// <param name="Resolution">What was done about it.</param>
    internal sealed record Closing(string? Resolution = null);
}
