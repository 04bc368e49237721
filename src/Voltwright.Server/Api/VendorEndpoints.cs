using Voltwright.Gateway.Vendors;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class VendorEndpoints
{
    private const int LongestId = 255;

    public static void MapVendors(this RouteGroupBuilder api)
    {
        var vendors = api.MapGroup("/vendors").WithTags("Station functions");
        vendors.MapGet("", ListAsync).Allow(Access.Read).SameForAllSites().Produces<Listed<VendorRules>>()
            .WithSummary("How the DataTransfer messages of vendors are answered; each is an event too");
        vendors.MapPut("/{vendorId}", PutAsync).Allow(Access.Administer).Produces<VendorRules>().WithSummary("Says how messages of a vendor are answered");
        vendors.MapDelete("/{vendorId}", RemoveAsync).Allow(Access.Administer).Produces(204).WithSummary("Forgets a vendor");
    }

    private static async Task<IResult> ListAsync(IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "vendor", limit, after, body => DomainJson.Read(body, DomainJson.Default.VendorRules), cancellation));

    private static async Task<IResult> PutAsync(string vendorId, Rules wanted, VendorTable table, CancellationToken cancellation)
    {
        if (vendorId.Length > LongestId || vendorId.Contains('/', StringComparison.Ordinal))
            return (Problem.Invalid($"A vendor's id has at most {LongestId} characters and no slash.") with { Field = "vendorId" }).ToResult();
        var rules = new VendorRules(vendorId, wanted.Messages);
        await table.PutAsync(rules, cancellation);
        return TypedResults.Ok(rules);
    }

    private static async Task<IResult> RemoveAsync(string vendorId, VendorTable table, CancellationToken cancellation)
    {
        await table.RemoveAsync(vendorId, cancellation);
        return TypedResults.NoContent();
    }

    /// <param name="Messages">By message id; an empty name is for messages without one.</param>
    internal sealed record Rules(IReadOnlyDictionary<string, VendorRule> Messages);
}
