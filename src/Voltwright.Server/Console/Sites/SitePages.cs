using Microsoft.AspNetCore.Mvc;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Stations;

namespace Voltwright.Server.Console.Sites;

/// <summary>The sites, with how their stations are.</summary>
internal static class SitePages
{
    public static void MapSitePages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sites", ShowAsync).Allow(Access.Read).KeepsToSight();
        pages.MapPost("/sites", SaveAsync).Allow(Access.Administer).WithSummary("Makes or changes a site");
        pages.MapPost("/sites/{id}/remove", RemoveAsync).Allow(Access.Administer).WithSummary("Removes a site");
    }

    private static Task<IResult> ShowAsync(
        string? id, SiteCatalog sites, Fleet fleet, Sight sight, CancellationToken cancellation) =>
        PageAsync(200, null, id, sites, fleet, sight, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string? id, SiteCatalog sites, Fleet fleet, Sight sight, CancellationToken cancellation)
    {
        var picture = (await fleet.LookAsync(cancellation)).Within(sight);
        var stations = picture.Stations.ToLookup(s => s.SiteId, StringComparer.Ordinal);
        var shown = (await sites.ListAsync(cancellation)).Where(s => sight.SeesSite(s.Id)).ToList();
        return Page.Of<SitePage>(
            status, ("Problem", problem), ("Edited", shown.FirstOrDefault(s => s.Id == id)),
            ("Sites", shown.Select(s => (s, stations[s.Id].ToList())).ToList()));
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, [FromForm] string? id, [FromForm] string? name, [FromForm] string? address, [FromForm] string? timeZone,
        [FromForm] string? edited, SiteCatalog sites, Fleet fleet, CancellationToken cancellation)
    {
        var wanted = new Site((id ?? "").Trim(), name ?? "", address, string.IsNullOrWhiteSpace(timeZone) ? "UTC" : timeZone.Trim());
        AuditTrail.Note(context, wanted.Id);
        if (edited != wanted.Id && wanted.Problem() is null && await sites.FindAsync(wanted.Id, cancellation) is { } known)
            return await PageAsync(409, $"There is a site '{known.Id}' already: {known.Name}.", null, sites, fleet, Sight.All, cancellation);
        return (await sites.PutAsync(wanted, cancellation)).Refusal is { } refusal
            ? await PageAsync(400, refusal.Detail, id, sites, fleet, Sight.All, cancellation)
            : Frame.Go(context, "/sites", "The site is saved.");
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context, string id, SiteCatalog sites, SiteUsers users, Fleet fleet, CancellationToken cancellation) =>
        (await users.RefusalAsync(id, cancellation) ?? (await sites.RemoveAsync(id, cancellation)).Refusal) is { } refusal
            ? await PageAsync(refusal.Kind == RefusalKind.NotFound ? 404 : 409, refusal.Detail, id, sites, fleet, Sight.All, cancellation)
            : Frame.Go(context, "/sites", "The site is removed.");
}
