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

    private static Task<IResult> ShowAsync(string id, SessionLog log, CancellationToken cancellation) =>
        PageAsync(200, null, id, log, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string id, SessionLog log, CancellationToken cancellation)
    {
        if (await log.FindAsync(id, cancellation) is not { } session)
            return ConsolePage.NotFound("There is no such session.");
        var (steps, readings) = await log.ReadAsync(session, cancellation);
        return Page.Of<SessionPage>(
            status, ("Session", session), ("Problem", problem), ("Curve", Curves.Of(readings)),
            ("Steps", steps), ("Runs", await log.RunsAsync(session, steps, cancellation)));
    }

    private static async Task<IResult> ReceiptAsync(
        string id, HttpContext context, SessionLog log, Fleet fleet, SiteCatalog sites, CancellationToken cancellation)
    {
        if (await log.FindAsync(id, cancellation) is not { Price: not null } session)
            return ConsolePage.NotFound("There is no receipt of such a session.");
        return await Receipt.FileAsync(session, Frame.Of(context), fleet, sites, cancellation);
    }

    private static async Task<IResult> EndAsync(
        HttpContext context, string id, StationControl control, SessionLog log, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.End(id, cancellation, "operator"), "The session has ended.", log, cancellation);

    private static async Task<IResult> PayAsync(
        HttpContext context, string id, StationControl control, SessionLog log, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Pay(id, cancellation), "The payment was asked for.", log, cancellation);

    private static async Task<IResult> RefundAsync(
        HttpContext context, string id, [FromForm] string? amount, [FromForm] string? once, Holds holds, SessionLog log,
        CancellationToken cancellation)
    {
        if (await log.FindAsync(id, cancellation) is not { Payment.Currency: { } currency } session)
            return ConsolePage.NotFound("There is no payment of such a session.");
        if (Amounts.ReadMinor(amount, currency) is not { } minor)
            return await PageAsync(400, "Write the amount like 25 or 25.50.", id, log, cancellation);
        AuditTrail.Note(context, string.Create(CultureInfo.InvariantCulture, $"{minor} {currency} minor units"));
        var refunded = await holds.RefundAsync(session.CardId, minor, once, cancellation);
        return refunded.Refusal is { } refusal
            ? await PageAsync(409, refusal.Detail, id, log, cancellation)
            : Frame.Go(context, $"/sessions/{Uri.EscapeDataString(id)}", "It is given back as soon as the payment provider has answered.");
    }

    private static async Task<IResult> ReleaseAsync(
        HttpContext context, string id, StationControl control, SessionLog log, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Release(id), "The slot is free again.", log, cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string id, Outcome<Session> outcome, string said, SessionLog log, CancellationToken cancellation) =>
        outcome.Refusal is { } refusal
            ? await PageAsync(409, refusal.Detail, id, log, cancellation)
            : Frame.Go(context, $"/sessions/{Uri.EscapeDataString(id)}", said);

    private static Session Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Session);
}
