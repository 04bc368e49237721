using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;

namespace Voltwright.Server.Api;

internal static class SiteEndpoints
{
    public static void MapSites(this RouteGroupBuilder api)
    {
        var sites = api.MapGroup("/sites").WithTags("Sites");
        sites.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<Site>>().WithSummary("Lists the sites that the caller sees, by name");
        sites.MapGet("/{siteId}", GetAsync).Allow(Access.Read).KeepsToSight().Produces<Site>().WithSummary("Shows a site");
        sites.MapPut("/{siteId}", PutAsync).Allow(Access.Administer).Produces<Site>()
            .WithSummary("Makes a site or changes it; stations are put there by their siteId");
        sites.MapDelete("/{siteId}", RemoveAsync).Allow(Access.Administer).Produces(204).WithSummary("Removes a site that no station stands at");
    }

    private static async Task<IResult> ListAsync(SiteCatalog sites, Sight sight, CancellationToken cancellation) =>
        TypedResults.Ok(new Listed<Site>([.. (await sites.ListAsync(cancellation)).Where(s => sight.SeesSite(s.Id))], null));

    private static async Task<IResult> GetAsync(string siteId, SiteCatalog sites, Sight sight, CancellationToken cancellation) =>
        sight.SeesSite(siteId) && await sites.FindAsync(siteId, cancellation) is { } site
            ? TypedResults.Ok(site) : Problem.NotFound($"There is no site '{siteId}'.").ToResult();

    private static async Task<IResult> PutAsync(string siteId, SiteTerms wanted, SiteCatalog sites, CancellationToken cancellation) =>
        (await sites.PutAsync(new Site(siteId, wanted.Name, wanted.Address, wanted.TimeZone), cancellation)).ToResult(s => TypedResults.Ok(s));

    private static async Task<IResult> RemoveAsync(string siteId, SiteCatalog sites, SiteUsers users, CancellationToken cancellation) =>
        await users.RefusalAsync(siteId, cancellation) is { } refusal
            ? Problem.From(refusal).ToResult()
            : (await sites.RemoveAsync(siteId, cancellation)).ToResult(_ => TypedResults.NoContent());

    /// <param name="TimeZone">IANA name; in which zone its hours and days are counted.</param>
    internal sealed record SiteTerms(string Name, string? Address = null, string TimeZone = "UTC");
}
