using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Payments;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Console.Sessions;
using Voltwright.Stations;

namespace Voltwright.Server.Driver;

/// <summary>The page behind the QR code on a station: anybody may look, whoever began a charge may follow and stop it.</summary>
internal static class DriverPages
{
    private static readonly TimeSpan DecisionWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    public static void MapDriver(this WebApplication app)
    {
        // FormGuard is what watches over forms.
        var pages = app.MapGroup("/s/{id}").ExcludeFromDescription().DisableAntiforgery().WithMetadata(ConsolePage.Mark).AllowAnonymous();
        pages.MapGet("", ShowAsync);
        pages.MapGet("/changes", DriverWatch.ServeAsync);
        pages.MapGet("/receipt", ReceiptAsync);
        pages.MapGet("/receipt.pdf", PrintAsync);
        pages.MapPost("/start", StartAsync).WithSummary("Enters a card on the driver's page");
        pages.MapGet("/paid", DriverPayments.ReturnAsync);
        pages.MapGet("/pay", DriverPayments.LeadOnAsync);
        pages.MapPost("/pay", DriverPayments.BeginAsync).WithSummary("Begins to pay on the driver's page");
        pages.MapPost("/pay/cancel", DriverPayments.CancelAsync).WithSummary("Gives up paying on the driver's page");
        pages.MapPost("/stop", StopAsync).WithSummary("Stops a charge on the driver's page");
    }

    public static void AddDriver(this IServiceCollection services)
    {
        services.AddSingleton<Visits>();
        services.AddSingleton<AttemptLimit>();
        services.AddSingleton<DriverSight>();
        services.AddSingleton<DriverWatch>();
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, DriverSight sight, CancellationToken cancellation) =>
        await sight.LookAsync(id, TokenOf(context, id), cancellation) is not { } view ? NoStation()
        : context.Request.Query.ContainsKey("new") && !view.IsUnderWay ? PageOf(context, (await sight.LookAsync(id, null, cancellation))!)
        : PageOf(context, view);

    private static async Task<IResult> StartAsync(
        string id, HttpContext context, [FromForm] string? card, [FromForm] string? slot, [FromForm] string? attempt, DriverSight sight,
        Visits visits, AttemptLimit limit, IGrainFactory grains, TimeProvider time, CancellationToken cancellation)
    {
        if (await sight.LookAsync(id, attempt, cancellation) is not { } view)
            return NoStation();
        if (view.Visit is not null)
            return GoOn(context, id, attempt!);
        if (TokenOf(context, id) is { } begun && await sight.LookAsync(id, begun, cancellation) is { IsUnderWay: true })
            return GoOn(context, id, begun);
        var number = (card ?? "").Trim();
        if (!Visits.IsToken(attempt) || Card.Problem(number) is not null)
            return PageOf(context, view, 400, DriverProblem.NoCard);
        if (IsTooOften(context, id, limit))
            return PageOf(context, view, 429, DriverProblem.TooManyAttempts);

        // A payment's id is no card that anybody has in hand.
        if (Hold.IsId(number))
            return PageOf(context, view, 409, DriverProblem.CardUnknown);

        // What stands in the way is on the page already.
        if (!view.CanStart)
            return PageOf(context, view, 409);
        var wanted = SlotOf(slot);
        var now = time.GetUtcNow();
        var fact = new CardFact(number, wanted, CardFact.OnPage, false, now, Visits.EventIdOf(attempt!));
        if (ProblemOf(await grains.Find<IStationGrain>(id).CardEntered(fact, null)) is { } problem)
            return PageOf(context, view, 409, problem);
        limit.WasRight(context.Connection.RemoteIpAddress);
        await visits.BeginAsync(attempt!, id, Card.Canonical(number), now, cancellation);
        await WaitAsync(v => v.Moment == Moment.Asked, id, attempt!, sight, time, cancellation);
        return GoOn(context, id, attempt!);
    }

    private static async Task<IResult> StopAsync(
        string id, HttpContext context, [FromForm(Name = FormGuard.Field)] string? shown, DriverSight sight, Visits visits,
        IGrainFactory grains, TimeProvider time, CancellationToken cancellation)
    {
        var token = TokenOf(context, id);
        if (await sight.LookAsync(id, token, cancellation) is not { } view)
            return NoStation();
        if (view.Visit is not { } visit || !IsOurs(token!, shown))
            return PageOf(context, view, 403, DriverProblem.NotYours);
        if (view.Session is not { IsOpen: true } session)
            return GoOn(context, id, token!);
        visit = await visits.StopAsync(token!, visit, DriverView.StopPatience, cancellation);
        var fact = new CardFact(
            visit.CardId, session.SlotNumber, CardFact.OnPage, false, time.GetUtcNow(),
            string.Create(CultureInfo.InvariantCulture, $"{visit.EventId}-stop-{visit.Stops}"));
        if (ProblemOf(await grains.Find<IStationGrain>(id).CardEntered(fact, session.Id)) is { } problem)
            return PageOf(context, view, 409, problem);
        await WaitAsync(v => v.Moment is Moment.Stopping or Moment.Settling, id, token!, sight, time, cancellation);
        return GoOn(context, id, token!);
    }

    private static async Task<IResult> ReceiptAsync(string id, HttpContext context, DriverSight sight, CancellationToken cancellation) =>
        await sight.LookAsync(id, TokenOf(context, id), cancellation) is { Visit: { } visit, Session: { Price: not null } session } view
            ? Page.Of<DriverReceipt>(("Station", view.Station), ("Session", session), ("Visit", visit), ("Hold", view.Hold))
            : NoReceipt();

    private static async Task<IResult> PrintAsync(
        string id, HttpContext context, DriverSight sight, Fleet fleet, SiteCatalog sites, CancellationToken cancellation)
    {
        if (await sight.LookAsync(id, TokenOf(context, id), cancellation) is not { Session: { Price: not null } session })
            return NoReceipt();
        context.Response.Headers.CacheControl = "no-store";
        return await Receipt.FileAsync(session, Frame.Of(context), fleet, sites, cancellation);
    }

    public static bool IsOurs(string token, string? shown) => shown is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(SignIns.FormTokenOf(token)));

    public static bool IsTooOften(HttpContext context, string id, AttemptLimit limit)
    {
        if (limit.Take(context.Connection.RemoteIpAddress, id) is var wait && wait <= TimeSpan.Zero)
            return false;
        context.Response.Headers.RetryAfter = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)}");
        return true;
    }

    public static int? SlotOf(string? slot) => int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : null;

    /// <summary>Mostly the decision is there at once: then the next page shows it, with or without script.</summary>
    public static async Task WaitAsync(
        Func<DriverView, bool> isOpen, string id, string token, DriverSight sight, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (await sight.LookAsync(id, token, cancellation) is { } view && isOpen(view) && time.GetElapsedTime(began) < DecisionWait)
            await Task.Delay(LookAgain, time, cancellation);
    }

    private static DriverProblem? ProblemOf(CardDecision decision) => decision switch
    {
        CardDecision.Accepted => null,
        CardDecision.Blocked => DriverProblem.CardBlocked,
        CardDecision.Expired => DriverProblem.CardExpired,
        CardDecision.ConcurrentSession => DriverProblem.CardInUse,
        _ => DriverProblem.CardUnknown,
    };

    public static Page PageOf(HttpContext context, DriverView view, int status = 200, DriverProblem? problem = null) => Page.Of<DriverPage>(
        status, ("View", view), ("Problem", problem), ("Attempt", Visits.NewToken()),
        ("Proof", view.Visit is not null && TokenOf(context, view.Station.Id) is { } token ? SignIns.FormTokenOf(token) : null));

    public static Page NoStation() => Page.Of<DriverNotice>(
        404, ("Title", "No such station"), ("Text", "There is no station with this code here. Please scan the code on the station again."));

    private static Page NoReceipt() => Page.Of<DriverNotice>(
        404, ("Title", "No receipt"), ("Text", "The receipt is shown on the phone with which the charge was started, for seven days."));

    public static string? TokenOf(HttpContext context, string id) => context.Request.Cookies[CookieOf(id)];

    public static IResult GoOn(HttpContext context, string id, string token, string to = "")
    {
        context.Response.Cookies.Append(CookieOf(id), token, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = Visits.Lasts, Path = "/s/",
        });
        return Frame.Go($"/s/{Uri.EscapeDataString(id)}{to}");
    }

    // One a station, whatever signs its id has.
    private static string CookieOf(string id) => $"voltwright-charge-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..8]}";
}
