using Microsoft.AspNetCore.Mvc;
using Voltwright.Payments;
using Voltwright.Server.Console.Layout;

namespace Voltwright.Server.Driver;

/// <summary>Starting with a payment instead of a card: away to the provider's page, and back.</summary>
internal static class DriverPayments
{
    public static async Task<IResult> BeginAsync(
        string id, HttpContext context, [FromForm] string? slot, [FromForm] string? attempt, DriverSight sight, Visits visits, Holds holds,
        AttemptLimit limit, TimeProvider time, CancellationToken cancellation)
    {
        if (await sight.LookAsync(id, attempt, cancellation) is not { } view)
            return DriverPages.NoStation();
        if (view.Visit is not null)
            return DriverPages.GoOn(context, id, attempt!, view.Moment == Moment.Paying ? "/pay" : "");
        if (DriverPages.TokenOf(context, id) is { } begun && await sight.LookAsync(id, begun, cancellation) is { IsUnderWay: true })
            return DriverPages.GoOn(context, id, begun);
        if (!Visits.IsToken(attempt) || !view.CanStart || view.Offer is null || !view.FreeSlots.Any())
            return DriverPages.PageOf(context, view, 409);
        if (DriverPages.IsTooOften(context, id, limit))
            return DriverPages.PageOf(context, view, 429, DriverProblem.TooManyAttempts);

        var (holdId, page) = (Hold.IdOf(attempt!), PageOf(context, id));
        await visits.BeginAsync(attempt!, id, holdId, time.GetUtcNow(), cancellation);
        await holds.BeginAsync(holdId, id, DriverPages.SlotOf(slot), view.Tariff.Currency, page, cancellation);
        return DriverPages.GoOn(context, id, attempt!, "/pay");
    }

    /// <summary>A page of ours leads on: a form may only lead to this server, and so may what it is redirected to.</summary>
    public static async Task<IResult> LeadOnAsync(string id, HttpContext context, DriverSight sight, CancellationToken cancellation) =>
        await sight.LookAsync(id, DriverPages.TokenOf(context, id), cancellation) is { Moment: Moment.Paying, Hold.Checkout: { } checkout }
            ? Page.Of<LeadOn>(("To", checkout.AbsoluteUri))
            : Frame.Go(PathOf(id));

    /// <summary>The driver is back from the provider, whose own call may be late or lost.</summary>
    public static async Task<IResult> ReturnAsync(
        string id, HttpContext context, DriverSight sight, Holds holds, TimeProvider time, CancellationToken cancellation)
    {
        var token = DriverPages.TokenOf(context, id);
        if (await sight.LookAsync(id, token, cancellation) is { Hold.Id: { } hold })
        {
            await holds.LookAsync(hold, isTold: false, cancellation);
            await DriverPages.WaitAsync(v => v.Moment == Moment.Asked, id, token!, sight, time, cancellation);
        }

        return Frame.Go(PathOf(id));
    }

    public static async Task<IResult> CancelAsync(
        string id, HttpContext context, [FromForm(Name = FormGuard.Field)] string? shown, DriverSight sight, Holds holds,
        CancellationToken cancellation)
    {
        var token = DriverPages.TokenOf(context, id);
        if (await sight.LookAsync(id, token, cancellation) is not { } view)
            return DriverPages.NoStation();
        if (view.Hold is not { } hold || !DriverPages.IsOurs(token!, shown))
            return DriverPages.PageOf(context, view, 403, DriverProblem.NotYours);
        await holds.CancelAsync(hold.Id, cancellation);
        return DriverPages.GoOn(context, id, token!);
    }

    private static string PathOf(string id) => $"/s/{Uri.EscapeDataString(id)}";

    private static Uri PageOf(HttpContext context, string id) => new($"{context.Request.Scheme}://{context.Request.Host}{PathOf(id)}");
}
