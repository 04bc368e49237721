using Voltwright.Cards;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<Session>>().WithSummary("Lists sessions, newest first");
        sessions.MapGet("/{sessionId}", GetAsync).Allow(Access.Read).OfRecord("session", "sessionId").Produces<Session>()
            .WithSummary("Shows a session with its price and how that came about");
        sessions.MapGet("/{sessionId}/records", RecordsAsync).Allow(Access.Read).OfRecord("session", "sessionId").Produces<Listed<Paging.Record>>()
            .WithSummary("What led the session to its state, oldest first");
        sessions.MapPut("/{sessionId}/start", StartAsync).Allow(Access.Operate).OfRecord("session", "sessionId").Produces<SessionAnswer>()
            .WithSummary("Asks the station to start charging");
        sessions.MapPut("/{sessionId}/release", ReleaseAsync).Allow(Access.Operate).OfRecord("session", "sessionId").Produces<SessionAnswer>()
            .WithSummary("Gives the slot of a session back that could not be started; one that charges is refused");
        sessions.MapPut("/{sessionId}/end", EndAsync).Allow(Access.Operate).OfRecord("session", "sessionId").Produces<SessionAnswer>()
            .WithSummary("Ends the session: waits until the station stopped, and prices it");
        sessions.MapPut("/{sessionId}/pay", PayAsync).Allow(Access.Operate).OfRecord("session", "sessionId").Produces<SessionAnswer>()
            .WithSummary("Takes the payment, once however often it is asked");
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? cardId = null, string? status = null,
        int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "session", limit, after, Read, cancellation,
            [.. sight.Narrow(stationId), ("cardId", cardId is null ? null : Card.Canonical(cardId)), ("status", status)]));

    private static async Task<IResult> GetAsync(string sessionId, IStore store, CancellationToken cancellation) =>
        await FindAsync(store, sessionId, cancellation) is { } session ? TypedResults.Ok(session) : NotFound(sessionId);

    private static async Task<IResult> RecordsAsync(string sessionId, IStore store, CancellationToken cancellation) =>
        await FindAsync(store, sessionId, cancellation) is null
            ? NotFound(sessionId)
            : TypedResults.Ok(await store.RecordsAsync($"session/{sessionId}", cancellation));

    private static async Task<IResult> StartAsync(string sessionId, StationControl control, CancellationToken cancellation) =>
        (await control.Start(sessionId, cancellation)).ToResult(Answer);

    private static async Task<IResult> ReleaseAsync(string sessionId, StationControl control) =>
        (await control.Release(sessionId)).ToResult(Answer);

    private static async Task<IResult> EndAsync(string sessionId, StationControl control, CancellationToken cancellation) =>
        (await control.End(sessionId, cancellation)).ToResult(Answer);

    private static async Task<IResult> PayAsync(string sessionId, StationControl control, CancellationToken cancellation) =>
        (await control.Pay(sessionId, cancellation)).ToResult(Answer);

    private static IResult Answer(Session session) => TypedResults.Ok(new SessionAnswer(session));

    private static Session Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Session);

    private static async ValueTask<Session?> FindAsync(IStore store, string sessionId, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{sessionId}", cancellation) is { } stored ? Read(stored.Body) : null;

    private static IResult NotFound(string sessionId) => Problem.NotFound($"There is no session '{sessionId}'.").ToResult();

    internal sealed record SessionAnswer(Session Session);
}
