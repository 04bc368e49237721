using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;

namespace Voltwright.Server.Console.Layout;

/// <summary>
/// What a browser sends on the strength of its cookie must come from a page of ours: it carries the token that only our pages know.
/// Who shows a key with each request needs none. The sign-in itself, which has no cookie yet, must come from the same site.
/// </summary>
internal static class FormGuard
{
    public const string Field = "form-token";
    private const string Header = "X-Form-Token";

    private static readonly Problem Foreign =
        Problem.Forbidden("This form did not come from a page of this server, or the sign-in is over. Load the page again.");

    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (AuditTrail.IsRead(context.Request.Method) || await IsOursAsync(context))
            await next(context);
        else if (ConsolePage.Is(context))
            await ConsolePage.FailAsync(context, Foreign);
        else
            await Foreign.WriteAsync(context);
    }

    private static async ValueTask<bool> IsOursAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.User.FindFirstValue(KeyAuthentication.BrowserClaim) is not { } token)
            return !ConsolePage.Is(context) || request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        var shown = request.Headers[Header].ToString();
        if (shown.Length == 0 && request.HasFormContentType)
            shown = (await request.ReadFormAsync(context.RequestAborted))[Field].ToString();
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(SignIns.FormTokenOf(token)));
    }
}
