using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Stations;

namespace Voltwright.Server.Console.People;

/// <summary>Accounts and keys, the audit trail, and what people may change about themselves.</summary>
internal static class PeoplePages
{
    private const int EntriesOnPage = 100;

    /// <summary>The last administrator would lock everybody out.</summary>
    private const string Own = "What your own account may do is for another administrator to change.";

    public static void MapPeoplePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/people", ShowAsync).Allow(Access.Administer);
        pages.MapPost("/people", AddAsync).Allow(Access.Administer).WithSummary("Adds a person");
        pages.MapPost("/people/{id}/role", SetRoleAsync).Allow(Access.Administer).WithSummary("Gives a person a role");
        pages.MapPost("/people/{id}/sites", SetSitesAsync).Allow(Access.Administer).WithSummary("Restricts a person to sites, or to none");
        pages.MapPost("/people/{id}/force", SetForceAsync).Allow(Access.Administer).WithSummary("Puts a person in or out of force");
        pages.MapPost("/people/{id}/password", SetPasswordAsync).Allow(Access.Administer).WithSummary("Gives a person a new password");
        pages.MapPost("/people/{id}/second-factor/remove", RemoveFactorAsync).Allow(Access.Administer)
            .WithSummary("Removes a person's second factor");
        pages.MapPost("/keys", AddKeyAsync).Allow(Access.Administer).WithSummary("Creates a key");
        pages.MapPost("/keys/{id}/remove", RemoveKeyAsync).Allow(Access.Administer).WithSummary("Takes a key out of force");
        pages.MapGet("/audit", AuditAsync).Allow(Access.Administer);
        pages.MapGet("/me", MeAsync).Allow(Access.Read).SameForAllSites();
        pages.MapPost("/me/password", ChangePasswordAsync).Allow(Access.Read).SameForAllSites().WithSummary("Changes the own password");
        pages.MapPost("/me/second-factor", AddFactorAsync).Allow(Access.Read).SameForAllSites().WithSummary("Adds a second factor");
    }

    private static async Task<IResult> ShowAsync(Auth.People people, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation) =>
        await PageAsync(200, null, null, people, keys, sites, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string? secret, Auth.People people, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation) =>
        Page.Of<PeoplePage>(
            status, ("People", await people.ListAsync(cancellation)), ("Keys", await keys.ListAsync(cancellation)),
            ("Sites", await sites.ListAsync(cancellation)), ("Problem", problem),
            ("NewKey", secret));

    private static async Task<IResult> AddAsync(
        HttpContext context, [FromForm] string? id, [FromForm] string? name, [FromForm] string? role, [FromForm] string? password,
        Auth.People people, ApiKeys keys, SiteCatalog sites, ServerOptions options, CancellationToken cancellation)
    {
        // Without a password the account waits for whom the identity provider vouches for.
        var secret = options.IdentityProvider is not null && string.IsNullOrEmpty(password) ? null : password ?? "";
        var added = await people.AddAsync((id ?? "").Trim().ToLowerInvariant(), name ?? "", role ?? "", secret, cancellation);
        AuditTrail.Note(context, $"{id} as {role}");
        return added.Refusal is { } refusal
            ? await PageAsync(400, refusal.Detail, null, people, keys, sites, cancellation)
            : Frame.Go(context, "/people", "The account is there.");
    }

    private static async Task<IResult> SetRoleAsync(
        HttpContext context, string id, [FromForm] string? role, Auth.People people, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation)
    {
        AuditTrail.Note(context, role ?? "");
        if (IsOwn(context, id))
            return await PageAsync(409, Own, null, people, keys, sites, cancellation);
        return await AnswerAsync(context, await people.SetRoleAsync(id, role ?? "", cancellation), people, keys, sites, cancellation);
    }

    private static async Task<IResult> SetSitesAsync(
        HttpContext context, string id, [FromForm(Name = "site")] StringValues? chosen, Auth.People people, ApiKeys keys, SiteCatalog sites,
        CancellationToken cancellation)
    {
        if (IsOwn(context, id))
            return await PageAsync(409, Own, null, people, keys, sites, cancellation);
        // A site that is gone must not leave somebody with all of them.
        if (await GoneAsync(Ticked(chosen), sites, cancellation) is { } gone)
            return await PageAsync(409, gone, null, people, keys, sites, cancellation);
        var known = Ticked(chosen);
        AuditTrail.Note(context, known.Length == 0 ? "all sites" : string.Join(", ", known));
        return await AnswerAsync(context, await people.SetSitesAsync(id, known, cancellation), people, keys, sites, cancellation);
    }

    private static async Task<IResult> SetForceAsync(
        HttpContext context, string id, [FromForm] bool disabled, Auth.People people, ApiKeys keys, SiteCatalog sites, SignIns signIns,
        CancellationToken cancellation)
    {
        if (IsOwn(context, id))
            return await PageAsync(409, Own, null, people, keys, sites, cancellation);
        var outcome = await people.SetDisabledAsync(id, disabled, cancellation);
        if (outcome.Refusal is null && disabled)
            await signIns.EndAllAsync(id, null, cancellation);
        AuditTrail.Note(context, disabled ? "out of force" : "in force");
        return await AnswerAsync(context, outcome, people, keys, sites, cancellation);
    }

    private static async Task<IResult> SetPasswordAsync(
        HttpContext context, string id, [FromForm] string? password, Auth.People people, ApiKeys keys, SiteCatalog sites, SignIns signIns,
        CancellationToken cancellation)
    {
        var outcome = await people.SetPasswordAsync(id, password ?? "", cancellation);
        if (outcome.Refusal is null)
            await signIns.EndAllAsync(id, context.User.FindFirstValue(KeyAuthentication.BrowserClaim), cancellation);
        return await AnswerAsync(context, outcome, people, keys, sites, cancellation);
    }

    private static async Task<IResult> RemoveFactorAsync(
        HttpContext context, string id, Auth.People people, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation) =>
        await AnswerAsync(context, await people.RemoveSecondFactorAsync(id, cancellation), people, keys, sites, cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, Outcome<Person> outcome, Auth.People people, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation) =>
        outcome.Refusal is { } refusal
            ? await PageAsync(400, refusal.Detail, null, people, keys, sites, cancellation)
            : Frame.Go(context, "/people", "Changed.");

    private static async Task<IResult> AddKeyAsync(
        HttpContext context, [FromForm] string? name, [FromForm] string? role, [FromForm] string? days, [FromForm] StringValues? scope,
        [FromForm] StringValues? site, Auth.People people, ApiKeys keys, SiteCatalog sites, TimeProvider time, CancellationToken cancellation)
    {
        var count = 0;
        var isEndless = string.IsNullOrWhiteSpace(days);
        if (!isEndless && !(int.TryParse(days, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out count)
            && count is > 0 and < 10_000))
            return await PageAsync(400, $"A key expires after 1 to 9999 days, or never: '{days}' is neither.", null, people, keys, sites, cancellation);
        DateTimeOffset? end = isEndless ? null : time.GetUtcNow().AddDays(count);
        if (keys.Problem(name ?? "", role ?? "", end, Ticked(scope)) is { } problem)
            return await PageAsync(400, problem, null, people, keys, sites, cancellation);
        if (await GoneAsync(Ticked(site), sites, cancellation) is { } gone)
            return await PageAsync(409, gone, null, people, keys, sites, cancellation);
        AuditTrail.Note(context, $"{name} as {role}");
        var (_, secret) = await keys.CreateAsync(name!, role!, cancellation, end, Ticked(scope), Ticked(site));
        return await PageAsync(200, null, secret, people, keys, sites, cancellation);
    }

    private static bool IsOwn(HttpContext context, string id) => context.User.FindFirstValue(KeyAuthentication.PersonClaim) == id;

    /// <summary>Which of these sites there is no more; null when they are all there.</summary>
    private static async Task<string?> GoneAsync(string[] chosen, SiteCatalog sites, CancellationToken cancellation) =>
        chosen.Except((await sites.ListAsync(cancellation)).Select(s => s.Id)).FirstOrDefault() is { } gone ? $"There is no site '{gone}' any more." : null;

    /// <summary>Browsers send nothing of boxes that are not ticked.</summary>
    private static string[] Ticked(StringValues? values) => [.. (values ?? default).OfType<string>()];

    private static async Task<IResult> RemoveKeyAsync(
        HttpContext context, string id, ApiKeys keys, CancellationToken cancellation) =>
        await keys.RemoveAsync(id, cancellation)
            ? Frame.Go(context, "/people", "The key is out of force.")
            : ConsolePage.NotFound("There is no such key.");

    private static async Task<IResult> AuditAsync(string? who, string? after, AuditTrail trail, CancellationToken cancellation)
    {
        var (entries, next) = await trail.ListAsync(who, string.IsNullOrEmpty(after) ? null : after, EntriesOnPage, cancellation);
        return Page.Of<AuditPage>(("Entries", entries), ("Who", who), ("Next", next), ("IsFirst", string.IsNullOrEmpty(after)));
    }

    private static async Task<IResult> MeAsync(HttpContext context, Auth.People people, CancellationToken cancellation) =>
        Page.Of<MePage>(("Secret", OneTimeCodes.NewSecret()), ("HasFactor", await HasFactorAsync(context, people, cancellation)));

    private static async Task<bool> HasFactorAsync(HttpContext context, Auth.People people, CancellationToken cancellation) =>
        context.User.FindFirstValue(KeyAuthentication.PersonClaim) is { } id && (await people.FindAsync(id, cancellation))?.SecondFactor is not null;

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, [FromForm] string? old, [FromForm] string? password, Auth.People people, SignIns signIns,
        CancellationToken cancellation)
    {
        var hasFactor = await HasFactorAsync(context, people, cancellation);
        if (context.User.FindFirstValue(KeyAuthentication.PersonClaim) is not { } id)
            return Refuse(OneTimeCodes.NewSecret(), hasFactor, "A key has no password.");
        if (!Passwords.Verify(old ?? "", (await people.FindAsync(id, cancellation))?.PasswordHash))
            return Refuse(OneTimeCodes.NewSecret(), hasFactor, "The present password is not right.");
        if ((await people.SetPasswordAsync(id, password ?? "", cancellation)).Refusal is { } refusal)
            return Refuse(OneTimeCodes.NewSecret(), hasFactor, refusal.Detail);
        await signIns.EndAllAsync(id, context.User.FindFirstValue(KeyAuthentication.BrowserClaim), cancellation);
        return Frame.Go(context, "/me", "The password is changed; other browsers are signed out.");
    }

    /// <summary>A device that is in use is replaced only by who knows the password too: an open browser is not enough.</summary>
    private static async Task<IResult> AddFactorAsync(
        HttpContext context, [FromForm] string? secret, [FromForm] string? code, [FromForm] string? old, Auth.People people,
        CancellationToken cancellation)
    {
        if (context.User.FindFirstValue(KeyAuthentication.PersonClaim) is not { } id || secret is not { Length: 32 })
            return Refuse(OneTimeCodes.NewSecret(), false, "A key has no second factor.");
        var person = await people.FindAsync(id, cancellation);
        var hasFactor = person?.SecondFactor is not null;
        if (hasFactor && !Passwords.Verify(old ?? "", person?.PasswordHash))
            return Refuse(secret, hasFactor, "The present password is not right.");
        return (await people.AddSecondFactorAsync(id, secret, code ?? "", cancellation)).Refusal is { } refusal
            ? Refuse(secret, hasFactor, refusal.Detail)
            : Frame.Go(context, "/me", "The second factor is in use from now on.");
    }

    private static Page Refuse(string secret, bool hasFactor, string problem) =>
        Page.Of<MePage>(400, ("Secret", secret), ("HasFactor", hasFactor), ("Problem", problem));
}
