using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.People;

namespace Voltwright.Server.Auth;

/// <summary>
/// Signing in by an OpenID Connect provider: the code flow with PKCE, state and nonce checked by the framework's handler. What comes of it is a
/// sign-in like any other, a cookie of new random bits; of the provider's tokens nothing is kept.
/// </summary>
internal static class IdentityProvider
{
    public const string Scheme = "identity-provider";
    public const string ChallengePath = "/sign-in/provider";
    public const string CallbackPath = "/sign-in/callback";
    public const string LeavePath = "/sign-out/provider";
    public const string LeftPath = "/sign-out/callback";

    public static void AddIdentityProvider(this AuthenticationBuilder authentication, IdentityProviderOptions provider)
    {
        // The rest of what the handler needs, beside the core that is there.
        authentication.Services.AddAuthentication();
        authentication.Services.AddDataProtection().SetApplicationName("voltwright");
        authentication.Services.AddSingleton<IXmlRepository, StoredKeys>();
        authentication.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            services => new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = services.GetRequiredService<IXmlRepository>()));
        authentication.AddOpenIdConnect(Scheme, options => Configure(options, provider));
    }

    /// <summary>The addresses that browsers are sent to; the handler answers the two callbacks before they are reached.</summary>
    public static void MapIdentityProvider(this IEndpointRouteBuilder pages, IdentityProviderOptions? provider)
    {
        if (provider is null)
            return;
        pages.MapGet(ChallengePath, (string? @return) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = ConsolePage.Local(@return) }, [Scheme])).AllowAnonymous();
        pages.MapGet(LeavePath, () => Results.SignOut(new AuthenticationProperties { RedirectUri = ConsolePage.SignInPath }, [Scheme])).AllowAnonymous();
        foreach (var path in (string[])[CallbackPath, LeftPath])
            pages.MapGet(path, () => ConsolePage.NotFound("Begin at the sign-in.")).AllowAnonymous();
    }

    private static void Configure(OpenIdConnectOptions options, IdentityProviderOptions provider)
    {
        options.Authority = provider.Authority.ToString();
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;

        // By the address, so that the cookies of state and nonce need not be sent with what other sites post.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CallbackPath = CallbackPath;
        options.SignedOutCallbackPath = LeftPath;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "email", .. provider.Scopes])
            options.Scope.Add(scope);
        options.TokenValidationParameters.NameClaimType = provider.NameClaim;
        options.Events.OnTicketReceived = context => AdmitAsync(context, provider);
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IdentityProvider))
                .LogWarning("Signing in by the identity provider failed: {Problem}", context.Failure?.Message);
            return RefuseAsync(context.HttpContext, "Signing in there did not work. Try again.");
        };
    }

    private static async Task AdmitAsync(TicketReceivedContext context, IdentityProviderOptions provider)
    {
        context.HandleResponse();
        var (http, claims) = (context.HttpContext, context.Principal!);
        var services = http.RequestServices;
        var id = (claims.FindFirstValue(provider.NameClaim) ?? claims.FindFirstValue("email") ?? "").Trim().ToLowerInvariant();
        var subject = claims.FindFirst("sub")!;
        var vouched = new Vouched(
            $"{subject.Issuer} {subject.Value}", id, claims.FindFirstValue("name") ?? id, RoleOf(claims, provider),
            provider.Roles.Count > 0, provider.CreatesAccounts);
        var admitted = await services.GetRequiredService<People>().AdmitAsync(vouched, http.RequestAborted);
        await services.GetRequiredService<AuditTrail>().RecordSignInAsync(http, id, admitted.Value?.Role, admitted.Refusal?.Detail);
        if (admitted.Value is not { } person)
        {
            await RefuseAsync(http, admitted.Refusal!.Detail);
            return;
        }

        await SignInPages.BeginAsync(http, person.Id, null, services.GetRequiredService<SignIns>(), isVouched: true, http.RequestAborted);

        // A page of ours leads on: the cookie is for our own site only, and this request came from another.
        await Page.Of<LeadOn>(("To", ConsolePage.Local(context.ReturnUri))).ExecuteAsync(http);
    }

    private static string? RoleOf(ClaimsPrincipal claims, IdentityProviderOptions provider)
    {
        var values = claims.FindAll(provider.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        return provider.Roles.FirstOrDefault(r => values.Contains(r.Value)).Role;
    }

    private static Task RefuseAsync(HttpContext context, string problem) =>
        SignInPages.Refuse(context.RequestServices.GetRequiredService<ServerOptions>(), null, 401, problem).ExecuteAsync(context);
}

/// <summary>Somebody whom the identity provider vouches for.</summary>
/// <param name="Subject">The provider's own name for the person, which never changes: issuer and subject.</param>
/// <param name="Role">What the provider's claims mean here; null for nothing.</param>
/// <param name="RolesCome">Roles come from the provider: somebody without one is not let in.</param>
/// <param name="Creates">Somebody who is not known gets an account.</param>
public sealed record Vouched(string Subject, string Id, string Name, string? Role, bool RolesCome, bool Creates);
