using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Jq;
using Voltwright.Payments;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Console.Stations;
using Voltwright.Stations;
using Voltwright.Storage;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Sessions;

/// <summary>The list of sessions, and one from tap to payment.</summary>
internal static class SessionPages
{
    private const int OnPage = 50;
    private const int EventsSearched = 2_000;
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    public static void MapSessionPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sessions", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapGet("/sessions/{id}", ShowAsync).Allow(Access.Read).OfRecord("session", "id");
        pages.MapGet("/sessions/{id}/receipt.pdf", ReceiptAsync).Allow(Access.Read).OfRecord("session", "id");
        pages.MapPost("/sessions/{id}/end", EndAsync).Allow(Access.Operate).OfRecord("session", "id").WithSummary("Ends a session");
        pages.MapPost("/sessions/{id}/pay", PayAsync).Allow(Access.Operate).OfRecord("session", "id").WithSummary("Takes the payment of a session");
        pages.MapPost("/sessions/{id}/refund", RefundAsync).Allow(Access.Operate).OfRecord("session", "id").WithSummary("Gives a payment back");
        pages.MapPost("/sessions/{id}/release", ReleaseAsync).Allow(Access.Operate).OfRecord("session", "id").WithSummary("Gives the slot of a session back");
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? cardId = null, string? status = null, string? after = null)
    {
        var sessions = await store.ListAsync(
            "session", OnPage, after, Read, cancellation,
            [.. sight.Narrow(stationId?.Trim()), ("cardId", string.IsNullOrWhiteSpace(cardId) ? null : Card.Canonical(cardId.Trim())), ("status", status)]);
        return Page.Of<SessionListPage>(
            ("Sessions", sessions.Items), ("StationId", stationId), ("CardId", cardId), ("Status", status), ("Next", sessions.Next),
            ("IsFirst", string.IsNullOrEmpty(after)));
    }

    private static Task<IResult> ShowAsync(string id, IStore store, CancellationToken cancellation) => PageAsync(200, null, id, store, cancellation);

    private static async Task<IResult> PageAsync(int status, string? problem, string id, IStore store, CancellationToken cancellation)
    {
        if (await FindAsync(store, id, cancellation) is not { } session)
            return ConsolePage.NotFound("There is no such session.");
        return Page.Of<SessionPage>(
            status, ("Session", session), ("Problem", problem), ("Curve", await Curves.ReadAsync(store, session, cancellation)),
            ("Steps", await StepsAsync(store, session, cancellation)), ("Runs", await RunsAsync(store, session, cancellation)));
    }

    /// <summary>What the log says of the session and of the taps that belong to it, oldest first.</summary>
    private static async Task<IReadOnlyList<StoredEvent>> StepsAsync(IStore store, Session session, CancellationToken cancellation)
    {
        var steps = new List<StoredEvent>();
        var searched = 0;
        for (long? before = null; searched < EventsSearched;)
        {
            var events = await store.FindEventsAsync(new EventQuery(session.StationId), before, 500, cancellation);
            steps.AddRange(events.Where(e => Concerns(e, session)));
            searched += events.Count;
            if (events.Count < 500 || Console.Events.EventWords.TimeOf(events[^1].Envelope) < session.OpenedAt - Around)
                break;
            before = events[^1].Position;
        }

        steps.Reverse();
        return steps;
    }

    private static bool Concerns(StoredEvent e, Session session)
    {
        var data = e.Envelope["data"];
        if (e.Envelope["type"] == Voltwright.Events.EventTypes.MeterValues || e.Envelope["type"] == Voltwright.Events.EventTypes.SlotStatus)
            return false;
        var at = Console.Events.EventWords.TimeOf(e.Envelope);
        return data["sessionId"] == session.Id
            || (data["cardId"].TryGetString(out var card) && Card.Canonical(card) == session.CardId && data["sessionId"].IsNull
                && at > session.OpenedAt - Around && (session.ClosedAt is not { } closed || at < closed + Around));
    }

    /// <summary>The runs that the session's time saw and whose input names its card or itself, oldest first.</summary>
    private static async Task<IReadOnlyList<RunEndpoints.RunHead>> RunsAsync(IStore store, Session session, CancellationToken cancellation)
    {
        var found = new List<RunEndpoints.RunHead>();
        string? after = null;
        for (var pages = 0; pages < 5; pages++)
        {
            var page = await store.ListAsync(RunDocument.StreamKind, [], 200, after, cancellation);
            foreach (var document in page.Items.Select(r => JsonValue.Parse(r.Body.Span)))
            {
                var head = RunEndpoints.Head(document);
                if (head.StartedAt < session.OpenedAt - Around)
                    return [.. Enumerable.Reverse(found)];
                if (IsAbout(document["state"]["input"], session) && (session.ClosedAt is null || head.StartedAt < session.ClosedAt + Around))
                    found.Add(head);
            }

            after = page.Next;
            if (after is null)
                break;
        }

        return [.. Enumerable.Reverse(found)];
    }

    private static bool IsAbout(JsonValue input, Session session)
    {
        var data = input.TryGetArray(out var events) && events.Count > 0 ? events[0] : input;
        data = data["data"].IsNull ? data : data["data"];
        return data["sessionId"] == session.Id
            || (data["stationId"] == session.StationId && data["cardId"].TryGetString(out var card) && Card.Canonical(card) == session.CardId);
    }

    private static async Task<IResult> ReceiptAsync(
        string id, HttpContext context, IStore store, Fleet fleet, SiteCatalog sites, CancellationToken cancellation)
    {
        if (await FindAsync(store, id, cancellation) is not { Price: not null } session)
            return ConsolePage.NotFound("There is no receipt of such a session.");
        return await Receipt.FileAsync(session, Frame.Of(context), fleet, sites, cancellation);
    }

    private static async Task<IResult> EndAsync(
        HttpContext context, string id, StationControl control, IStore store, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.End(id, cancellation, "operator"), "The session has ended.", store, cancellation);

    private static async Task<IResult> PayAsync(
        HttpContext context, string id, StationControl control, IStore store, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Pay(id, cancellation), "The payment was asked for.", store, cancellation);

    private static async Task<IResult> RefundAsync(
        HttpContext context, string id, [FromForm] string? amount, [FromForm] string? once, Holds holds, IStore store,
        CancellationToken cancellation)
    {
        if (await FindAsync(store, id, cancellation) is not { Payment.Currency: { } currency } session)
            return ConsolePage.NotFound("There is no payment of such a session.");
        if (Amounts.ReadMinor(amount, currency) is not { } minor)
            return await PageAsync(400, "Write the amount like 25 or 25.50.", id, store, cancellation);
        AuditTrail.Note(context, string.Create(CultureInfo.InvariantCulture, $"{minor} {currency} minor units"));
        var refunded = await holds.RefundAsync(session.CardId, minor, once, cancellation);
        return refunded.Refusal is { } refusal
            ? await PageAsync(409, refusal.Detail, id, store, cancellation)
            : Frame.Go(context, $"/sessions/{Uri.EscapeDataString(id)}", "It is given back as soon as the payment provider has answered.");
    }

    private static async Task<IResult> ReleaseAsync(
        HttpContext context, string id, StationControl control, IStore store, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Release(id), "The slot is free again.", store, cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string id, Outcome<Session> outcome, string said, IStore store, CancellationToken cancellation) =>
        outcome.Refusal is { } refusal
            ? await PageAsync(409, refusal.Detail, id, store, cancellation)
            : Frame.Go(context, $"/sessions/{Uri.EscapeDataString(id)}", said);

    private static Session Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Session);

    private static async ValueTask<Session?> FindAsync(IStore store, string id, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{id}", cancellation) is { } stored ? Read(stored.Body) : null;
}
