using Voltwright.Reservations;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class ReservationEndpoints
{
    private const int UsualMinutes = 30;

    public static void MapReservations(this RouteGroupBuilder api)
    {
        var reservations = api.MapGroup("/reservations").WithTags("Reservations");
        reservations.MapPost("", ReserveAsync).Allow(Access.Operate).KeepsToSight().Produces<ReservationView>(201)
            .WithSummary("Keeps a slot for a card, at the station too where it can");
        reservations.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<ReservationView>>()
            .WithSummary("Lists reservations, newest first");
        reservations.MapGet("/{reservationId}", GetAsync).Allow(Access.Read).OfRecord("reservation", "reservationId").Produces<ReservationView>()
            .WithSummary("Shows a reservation");
        reservations.MapDelete("/{reservationId}", CancelAsync).Allow(Access.Operate).OfRecord("reservation", "reservationId").Produces<ReservationView>()
            .WithSummary("Cancels a reservation; it stays listed");
    }

    private static async Task<IResult> ReserveAsync(
        Wish wanted, [RequestKey] string? requestKey, Sight sight, StationControl control, TimeProvider time, CancellationToken cancellation)
    {
        if (!sight.Sees(wanted.StationId))
            return StationEndpoints.NotFound(wanted.StationId);
        var expiresAt = wanted.ExpiresAt ?? time.GetUtcNow().AddMinutes(wanted.Minutes ?? UsualMinutes);
        var made = await control.Reserve(wanted.StationId, new(wanted.CardId, wanted.SlotNumber, expiresAt), requestKey, cancellation);
        return made.ToResult(r => TypedResults.Created($"/api/v2/reservations/{r.Id}", ReservationView.Of(r)));
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? cardId = null, string? status = null,
        int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "reservation", limit, after, body => ReservationView.Of(Read(body)), cancellation,
            [.. sight.Narrow(stationId), ("cardId", cardId is null ? null : Cards.Card.Canonical(cardId)), ("status", status)]));

    private static async Task<IResult> GetAsync(string reservationId, IStore store, CancellationToken cancellation) =>
        await FindAsync(store, reservationId, cancellation) is { } known ? TypedResults.Ok(ReservationView.Of(known)) : NotFound(reservationId);

    private static async Task<IResult> CancelAsync(
        string reservationId, IStore store, StationControl control, CancellationToken cancellation) =>
        await FindAsync(store, reservationId, cancellation) is { } known
            ? (await control.CancelReservation(known.StationId, reservationId, cancellation)).ToResult(r => TypedResults.Ok(ReservationView.Of(r)))
            : NotFound(reservationId);

    private static async ValueTask<Reservation?> FindAsync(IStore store, string reservationId, CancellationToken cancellation) =>
        await store.LoadAsync($"reservation/{reservationId}", cancellation) is { } stored ? Read(stored.Body) : null;

    private static Reservation Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Reservation);

    private static IResult NotFound(string reservationId) => Problem.NotFound($"There is no reservation '{reservationId}'.").ToResult();

    /// <param name="SlotNumber">Absent takes a free one.</param>
    /// <param name="ExpiresAt">Absent is <paramref name="Minutes"/> from now.</param>
    /// <param name="Minutes">Absent is 30.</param>
    internal sealed record Wish(
        string StationId, string CardId, int? SlotNumber = null, DateTimeOffset? ExpiresAt = null, int? Minutes = null);
}

/// <param name="Number">What the station calls it by.</param>
/// <param name="Reached">How far the station is with it: <c>wanted</c>, <c>confirmed</c>, <c>unsupported</c> or <c>failed</c>.</param>
public sealed record ReservationView(
    string Id, int Number, string StationId, int SlotNumber, string CardId, ReservationStatus Status, DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, string? SessionId, string Reached, string? Problem)
{
    public static ReservationView Of(Reservation r) => new(
        r.Id, r.Number, r.StationId, r.SlotNumber, r.CardId, r.Status, r.ExpiresAt, r.CreatedAt, r.ClosedAt, r.SessionId, r.Reached, r.Problem);
}
