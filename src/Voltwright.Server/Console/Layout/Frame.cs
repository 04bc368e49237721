using System.Security.Claims;
using Voltwright.Server.Auth;

namespace Voltwright.Server.Console.Layout;

/// <summary>What every page knows of its surroundings: who looks, in which language, and where.</summary>
/// <param name="Path">Of this page, without query.</param>
/// <param name="FormToken">What forms carry, so that no other site can send them.</param>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or <c>auto</c> for what the device prefers.</param>
/// <param name="Said">What the form that led here came to; null for nothing.</param>
public sealed record Frame(
    ClaimsPrincipal User, Words Words, Format Format, string Path, string FormToken, string Theme, string? Said,
    DateTimeOffset Now)
{
    internal const string LanguageCookie = "voltwright-language";
    internal const string HereField = "here";
    internal const string ThemeCookie = "voltwright-theme";
    private const string SaidCookie = "voltwright-said";

    /// <summary>The form that was sent to this page's path and refused; null on every other page.</summary>
    internal IFormCollection? Refused { get; init; }

    /// <summary>Where this page can be got again: its address, or that of the page whose form it answers.</summary>
    public string Here { get; init; } = "/";

    /// <summary>Whether the page answers a form, and is at that form's address.</summary>
    public bool IsAnswer { get; init; }

    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    public string UserName => User.Identity?.Name ?? "";

    public string Role => User.FindFirstValue(ClaimTypes.Role) ?? "";

    /// <summary>Null when a key signed in.</summary>
    public string? PersonId => User.FindFirstValue(KeyAuthentication.PersonClaim);

    public bool May(string access) => User.Allows(access);

    /// <summary>Whether whoever looks may do it to what belongs to no station: cards, tariffs, workflows, people.</summary>
    public bool MayOverall(string access) => May(access) && !IsRestricted;

    /// <summary>To some sites.</summary>
    public bool IsRestricted => User.HasClaim(c => c.Type == Sight.Claim);

    /// <summary>Whether this form comes back because it was refused: it is open then.</summary>
    public bool IsBack(string form) => Refused is not null && Uri.UnescapeDataString(Path) == Uri.UnescapeDataString(form);

    /// <summary>What was typed into a form that comes back, for whoever typed it to mend it; null for any other form.</summary>
    public string? Typed(string form, string field) => IsBack(form) ? Refused![field].ToString() : null;

    /// <summary>Whether a choice of the form is made: as it came back, else as it is.</summary>
    public bool IsChosen(string form, string field, string value, bool otherwise = false) => IsBack(form) ? Refused![field].Contains(value) : otherwise;

    internal static Frame Of(HttpContext context)
    {
        var request = context.Request;
        var words = Words.For(request.Cookies[LanguageCookie], request.Headers.AcceptLanguage);
        var token = context.User.FindFirstValue(KeyAuthentication.BrowserClaim);
        var said = request.Cookies[SaidCookie];
        if (said is not null)
            context.Response.Cookies.Delete(SaidCookie);
        return new Frame(
            context.User, words, new Format(words.Language), request.Path, token is null ? "" : SignIns.FormTokenOf(token),
            request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie]! : "auto", said,
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    /// <summary>Goes on to another page, which says what was done.</summary>
    internal static IResult Go(HttpContext context, string to, string said)
    {
        var words = Words.For(context.Request.Cookies[LanguageCookie], context.Request.Headers.AcceptLanguage);
        context.Response.Cookies.Append(SaidCookie, words[said], new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1),
        });
        return new Redirection(to);
    }

    internal static IResult Go(string to) => new Redirection(to);

    // 303, so that going back and reloading never sends a form again.
    private sealed class Redirection(string to) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = to;
            return Task.CompletedTask;
        }
    }
}
