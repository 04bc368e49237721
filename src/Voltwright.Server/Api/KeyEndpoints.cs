using Voltwright.Server.Auth;
using Voltwright.Server.Problems;

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

    private static async Task<IResult> CreateAsync(NewKey wanted, ApiKeys keys, CancellationToken cancellation)
    {
        if (!Roles.OfKeys.Contains(wanted.Role))
        {
            var problem = Problem.Invalid($"'{wanted.Role}' is no role; the roles are {string.Join(", ", Roles.OfKeys)}.");
            return (problem with { Field = "role" }).ToResult();
        }

        var (key, secret) = await keys.CreateAsync(wanted.Name, wanted.Role, cancellation);
        return TypedResults.Created($"/api/v2/keys/{key.Id}", new CreatedKey(key.Id, key.Name, key.Role, key.CreatedAt, secret));
    }

    private static async Task<IResult> RemoveAsync(string id, ApiKeys keys, CancellationToken cancellation) =>
        await keys.RemoveAsync(id, cancellation) ? TypedResults.NoContent() : Problem.NotFound($"There is no key '{id}'.").ToResult();

    public sealed record NewKey(string Name, string Role);

    public sealed record CreatedKey(string Id, string Name, string Role, DateTimeOffset CreatedAt, string Secret);
}
