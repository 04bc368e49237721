using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Payments;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Cards;

/// <summary>Cards, and the account behind each.</summary>
internal static class CardPages
{
    private const int OnPage = 50;

    public static void MapCardPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cards", ListAsync).Allow(Access.Read).SameForAllSites();
        pages.MapPost("/cards", AddAsync).Allow(Access.Operate).WithSummary("Makes a card known");
        pages.MapGet("/cards/{id}", ShowAsync).Allow(Access.Read).KeepsToSight();
        pages.MapPost("/cards/{id}", ChangeAsync).Allow(Access.Operate).WithSummary("Changes a card");
        pages.MapPost("/cards/{id}/remove", RemoveAsync).Allow(Access.Operate).WithSummary("Forgets a card");
        pages.MapPost("/cards/{id}/top-up", TopUpAsync).Allow(Access.Operate).WithSummary("Adds money to an account");
        pages.MapPost("/cards/{id}/terms", SetTermsAsync).Allow(Access.Operate).WithSummary("Changes the terms of an account");
    }

    private static async Task<IResult> ListAsync(
        IStore store, IGrainFactory grains, CancellationToken cancellation, string? q = null, string? status = null, string? after = null)
    {
        // A card that is named whole leads to its page.
        if (!string.IsNullOrWhiteSpace(q) && Card.Problem(q.Trim()) is null && await grains.Find<ICardGrain>(q.Trim()).Get() is { } named)
            return TypedResults.LocalRedirect($"/cards/{Uri.EscapeDataString(named.Id)}");
        return await ListPageAsync(200, string.IsNullOrWhiteSpace(q) ? null : $"Card '{q.Trim()}' is not known.", store, status, after, cancellation);
    }

    private static async Task<IResult> ListPageAsync(
        int code, string? problem, IStore store, string? status, string? after, CancellationToken cancellation)
    {
        var cards = await store.ListAsync(
            "card", OnPage, after, body => DomainJson.Read(body, DomainJson.Default.Card), cancellation, ("status", status));
        return Page.Of<CardListPage>(
            code, ("Cards", cards.Items), ("Next", cards.Next), ("Status", status), ("Problem", problem), ("IsFirst", string.IsNullOrEmpty(after)));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, [FromForm] string? id, [FromForm] string? label, [FromForm] string? accountId, IGrainFactory grains, IStore store,
        CancellationToken cancellation)
    {
        var wanted = (id ?? "").Trim();
        AuditTrail.Note(context, wanted);
        var card = new Card(wanted, CardStatus.Active, Nothing(accountId), Nothing(label));
        var refusal = Card.Problem(wanted) is { } problem
            ? new Refusal(RefusalKind.Invalid, problem)
            : (await grains.Find<ICardGrain>(wanted).Add(card, null)).Refusal;
        return refusal is null
            ? Frame.Go(context, PathOf(wanted), "The card is known.")
            : await ListPageAsync(400, refusal.Detail, store, null, null, cancellation);
    }

    private static Task<IResult> ShowAsync(string id, IGrainFactory grains, IStore store, Sight sight, CancellationToken cancellation) =>
        PageAsync(200, null, id, grains, store, cancellation, sight);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string id, IGrainFactory grains, IStore store, CancellationToken cancellation, Sight? sight = null)
    {
        if (await grains.Find<ICardGrain>(id).Get() is not { } card)
            return ConsolePage.NotFound("There is no such card.");
        var sessions = await store.ListAsync(
            "session", (sight ?? Sight.All).Filters(("cardId", Card.Canonical(card.Id))), 20, null, cancellation);
        return Page.Of<CardPage>(
            status, ("Card", card), ("Account", await grains.Find<IAccountGrain>(card.PayingAccountId).Get()), ("Problem", problem),
            ("Sessions", sessions.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.Session)).ToList<Session>()));
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context, string id, IFormCollection form, IGrainFactory grains, IStore store, CancellationToken cancellation)
    {
        CardStatus? wanted = Enum.TryParse<CardStatus>(form.Changed("status"), ignoreCase: true, out var parsed) ? parsed : null;
        AuditTrail.Note(context, $"{wanted}");
        var change = new CardChange(wanted, form.Changed("accountId")?.Trim(), form.Changed("label"));
        return await AnswerAsync(context, id, (await grains.Find<ICardGrain>(id).Change(change, null)).Refusal, grains, store, cancellation);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context, string id, IGrainFactory grains, IStore store, CancellationToken cancellation) =>
        (await grains.Find<ICardGrain>(id).Remove()).Refusal is { } refusal
            ? await ListPageAsync(404, refusal.Detail, store, null, null, cancellation)
            : Frame.Go(context, "/cards", "The card is forgotten.");

    private static async Task<IResult> TopUpAsync(
        HttpContext context, string id, [FromForm] string? amount, [FromForm] string? note, [FromForm] string? once,
        IGrainFactory grains, IStore store, CancellationToken cancellation)
    {
        if (await grains.Find<ICardGrain>(id).Get() is not { } card)
            return ConsolePage.NotFound("There is no such card.");
        var account = grains.Find<IAccountGrain>(card.PayingAccountId);
        var currency = (await account.Get())?.Currency ?? "EUR";
        if (Amounts.ReadMinor(amount, currency) is not { } minor)
            return await PageAsync(400, "Write the amount like 25 or 25.50.", id, grains, store, cancellation);
        AuditTrail.Note(context, string.Create(CultureInfo.InvariantCulture, $"{minor} {currency} minor units to {card.PayingAccountId}"));
        // A form that is sent twice, by an impatient hand, adds money once.
        return await AnswerAsync(context, id, (await account.Deposit(minor, Nothing(note), Nothing(once))).Refusal, grains, store, cancellation);
    }

    private static async Task<IResult> SetTermsAsync(
        HttpContext context, string id, [FromForm] string? kind, [FromForm] string? currency, [FromForm] string? credit,
        [FromForm] bool? closed, IGrainFactory grains, IStore store, CancellationToken cancellation)
    {
        if (await grains.Find<ICardGrain>(id).Get() is not { } card)
            return ConsolePage.NotFound("There is no such card.");
        var of = (currency ?? "").Trim().ToUpperInvariant();
        if (!string.IsNullOrWhiteSpace(credit) && Amounts.ReadMinor(credit, of) is null)
            return await PageAsync(400, "Write the amount like 25 or 25.50.", id, grains, store, cancellation);
        var terms = new AccountTerms(
            kind == "prepaid" ? AccountKind.Prepaid : AccountKind.Postpaid, of, Amounts.ReadMinor(credit, of), closed ?? false);
        AuditTrail.Note(context, $"{card.PayingAccountId}: {terms.Kind}");
        var outcome = await grains.Find<IAccountGrain>(card.PayingAccountId).SetTerms(terms, null);
        return await AnswerAsync(context, id, outcome.Refusal, grains, store, cancellation);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string id, Refusal? refusal, IGrainFactory grains, IStore store, CancellationToken cancellation) =>
        refusal is null ? Frame.Go(context, PathOf(id), "Changed.") : await PageAsync(400, refusal.Detail, id, grains, store, cancellation);

    private static string PathOf(string id) => $"/cards/{Uri.EscapeDataString(id)}";

    private static string? Nothing(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
