using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;

namespace Voltwright.Server.Console.People;

/// <summary>The door: sign in with name and password, or with a key; sign out; how pages look.</summary>
internal static class SignInPages
{
    private const string Wrong = "Name, password or code are not right.";

    public static void MapSignIn(this RouteGroupBuilder pages, IdentityProviderOptions? provider)
    {
        pages.MapIdentityProvider(provider);
        pages.MapGet(ConsolePage.SignInPath, ShowAsync).AllowAnonymous();
        pages.MapPost(ConsolePage.SignInPath, SignInAsync).AllowAnonymous().WithSummary("Signs in");
        pages.MapPost("/sign-out", SignOutAsync).RequireAuthorization(Access.Read).SameForAllSites().WithSummary("Signs out");
        pages.MapPost("/preferences", Prefer).RequireAuthorization(Access.Read).SameForAllSites().WithSummary("Chooses language and appearance");
    }

    private static async Task<IResult> ShowAsync(
        [FromQuery(Name = "return")] string? back, Auth.People people, ServerOptions options, CancellationToken cancellation) =>
        Page.Of<SignInPage>(
            ("Return", ConsolePage.Local(back)), ("IsFirst", !await people.AnyAsync(cancellation)), ("Provider", options.IdentityProvider?.Name));

    private static async Task<IResult> SignInAsync(
        HttpContext context, [FromForm(Name = "return")] string? back, [FromForm] string? name, [FromForm] string? password,
        [FromForm] string? code, [FromForm] string? key, Auth.People people, ApiKeys keys, SignIns signIns, FailureLimit failures,
        ServerOptions options, CancellationToken cancellation)
    {
        var caller = $"sign-in {context.Connection.RemoteIpAddress}";
        if (failures.WaitFor(caller) > TimeSpan.Zero)
            return Refuse(options, back, 429, "Too many attempts came from there. Wait a minute.");
        if (!string.IsNullOrEmpty(key))
        {
            if (await keys.FindAsync(key.Trim(), cancellation) is not { } known || !Roles.OfPeople.Contains(known.Role))
            {
                failures.Note(caller);
                return Refuse(options, back, 401, "This key is not known here.");
            }

            AuditTrail.Note(context, $"by the key '{known.Name}'");
            return await AdmitAsync(context, back, null, ApiKeys.HashOf(key.Trim()), signIns, cancellation);
        }

        var id = (name ?? "").Trim().ToLowerInvariant();
        AuditTrail.Note(context, Person.IdProblem(id) is null ? $"as '{id}'" : "as nobody who could be known");
        switch (await people.SignInAsync(id, password ?? "", code, cancellation))
        {
            case SignInOutcome.Admitted admitted:
                return await AdmitAsync(context, back, admitted.Person.Id, null, signIns, cancellation);
            case SignInOutcome.CodeNeeded:
                return Refuse(options, back, 401, "This account has a second factor: give its code too.");
            case SignInOutcome.Resting:
                return Refuse(options, back, 429, "Too many wrong attempts: this account rests for some minutes.");
            default:
                failures.Note(caller);
                return Refuse(options, back, 401, Wrong);
        }
    }

    internal static Page Refuse(ServerOptions options, string? back, int status, string problem) => Page.Of<SignInPage>(
        status, ("Return", ConsolePage.Local(back)), ("Problem", problem), ("Provider", options.IdentityProvider?.Name));

    private static async Task<IResult> AdmitAsync(
        HttpContext context, string? back, string? personId, string? keyHash, SignIns signIns, CancellationToken cancellation)
    {
        await BeginAsync(context, personId, keyHash, signIns, isVouched: false, cancellation);
        return Frame.Go(context, ConsolePage.Local(back), "Welcome.");
    }

    // A new token at every sign-in, and the old one is over: what was planted before is worth nothing after.
    internal static async Task BeginAsync(
        HttpContext context, string? personId, string? keyHash, SignIns signIns, bool isVouched, CancellationToken cancellation)
    {
        if (context.Request.Cookies[SignIns.Cookie] is { Length: > 0 } old)
            await signIns.EndAsync(old, cancellation);
        var token = await signIns.BeginAsync(personId, keyHash, $"{context.Connection.RemoteIpAddress}", cancellation, isVouched);
        context.Response.Cookies.Append(SignIns.Cookie, token, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = SignIns.Lasts, Path = "/",
        });
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignIns signIns, ServerOptions options, CancellationToken cancellation)
    {
        var ended = context.User.FindFirstValue(KeyAuthentication.BrowserClaim) is { } token ? await signIns.EndAsync(token, cancellation) : null;
        context.Response.Cookies.Delete(SignIns.Cookie);

        // A form may not lead to another site, a page may: the provider's own sign-in ends too.
        if (ended is { IsVouched: true } && options.IdentityProvider is not null)
            return Page.Of<LeadOn>(("To", IdentityProvider.LeavePath));
        return Frame.Go(context, ConsolePage.SignInPath, "You are signed out.");
    }

    private static IResult Prefer(
        HttpContext context, [FromForm] string? theme, [FromForm] string? language, [FromForm(Name = "return")] string? back)
    {
        var lasting = new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), Path = "/",
        };
        if (theme is "auto" or "light" or "dark")
            context.Response.Cookies.Append(Frame.ThemeCookie, theme, lasting);
        if (language is "de" or "en")
            context.Response.Cookies.Append(Frame.LanguageCookie, language, lasting);
        return Frame.Go(context, ConsolePage.Local(back), "Changed.");
    }
}
