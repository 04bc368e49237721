using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;

namespace Voltwright.Server.Api;

internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("", ListAsync).Allow(Access.Administer).Produces<Listed<ApiKey>>().WithSummary("Lists the keys, without their secrets");
        keys.MapPost("", CreateAsync).Allow(Access.Administer).Produces<CreatedKey>(201)
            .WithSummary("Creates a key; its secret is in this answer only");
        keys.MapDelete("/{id}", RemoveAsync).Allow(Access.Administer).Produces(204).WithSummary("Takes a key out of force");
    }

    private static async Task<IResult> ListAsync(ApiKeys keys, CancellationToken cancellation) =>
        TypedResults.Ok(new Listed<ApiKey>(await keys.ListAsync(cancellation), null));

    private static async Task<IResult> CreateAsync(NewKey wanted, ApiKeys keys, SiteCatalog sites, CancellationToken cancellation)
    {
        foreach (var site in wanted.Sites ?? [])
        {
            if (await sites.FindAsync(site, cancellation) is null)
                return (Problem.Invalid($"There is no site '{site}'.") with { Field = "sites" }).ToResult();
        }

        if (!Roles.OfKeys.Contains(wanted.Role))
            return Refuse(keys, wanted, "role");
        if (keys.Problem(wanted.Name, wanted.Role, wanted.ExpiresAt, wanted.Scope) is not null)
            return Refuse(keys, wanted, null);
        var (key, secret) = await keys.CreateAsync(wanted.Name, wanted.Role, cancellation, wanted.ExpiresAt, wanted.Scope, wanted.Sites);
        return TypedResults.Created(
            $"/api/v2/keys/{key.Id}",
            new CreatedKey(key.Id, key.Name, key.Role, key.CreatedAt, secret, key.ExpiresAt, key.Scope, key.Sites));
    }

    private static async Task<IResult> RemoveAsync(string id, ApiKeys keys, CancellationToken cancellation) =>
        await keys.RemoveAsync(id, cancellation) ? TypedResults.NoContent() : Problem.NotFound($"There is no key '{id}'.").ToResult();

    private static IResult Refuse(ApiKeys keys, NewKey wanted, string? field) =>
        (Problem.Invalid(keys.Problem(wanted.Name, wanted.Role, wanted.ExpiresAt, wanted.Scope)!) with { Field = field }).ToResult();

    /// <param name="ExpiresAt">When it goes out of force by itself; absent: never.</param>
    /// <param name="Scope">
    /// Narrows the key: <c>read</c>, <c>operate</c>, <c>support</c>, <c>administer</c>, <c>report</c>; absent: all that the role may.
    /// </param>
    /// <param name="Sites">Restricts the key to the stations of these sites; absent: all.</param>
    public sealed record NewKey(string Name, string Role, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? Scope = null,
        IReadOnlyList<string>? Sites = null);

    public sealed record CreatedKey(
        string Id, string Name, string Role, DateTimeOffset CreatedAt, string Secret, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Scope,
        IReadOnlyList<string>? Sites);
}
