using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Voltwright.Server.Auth;

/// <summary>The names of the policies, one for each kind of thing that endpoints let people do.</summary>
public static class Access
{
    /// <summary>See anything but secrets.</summary>
    public const string Read = "read";

    /// <summary>What the use case does: slots, sessions, locks, LEDs, commands, cards, runs.</summary>
    public const string Operate = "operate";

    /// <summary>Report incidents and work on tickets.</summary>
    public const string Support = "support";

    /// <summary>Stations, tariffs, workflows, people, keys.</summary>
    public const string Administer = "administer";

    /// <summary>Tell what happened: publish events.</summary>
    public const string Report = "report";

    /// <summary>The claim that narrows a key to some policies; a caller without one has all of its role.</summary>
    public const string ScopeClaim = "scope";

    private static readonly Dictionary<string, string[]> RolesOf = new()
    {
        [Read] = [Roles.Administrator, Roles.Operator, Roles.Support, Roles.ReadOnly, Roles.Workflow],
        [Operate] = [Roles.Administrator, Roles.Operator, Roles.Workflow],
        [Support] = [Roles.Administrator, Roles.Operator, Roles.Support, Roles.Workflow],
        [Administer] = [Roles.Administrator],
        [Report] = [Roles.Administrator, Roles.Operator, Roles.Workflow, Roles.Station],
    };

    /// <summary>What a key's scope may name.</summary>
    public static IReadOnlyCollection<string> All => RolesOf.Keys;

    public static bool Allows(this ClaimsPrincipal user, string access) =>
        RolesOf[access].Any(user.IsInRole) && (!user.HasClaim(c => c.Type == ScopeClaim) || user.HasClaim(ScopeClaim, access));

    internal static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var name in RolesOf.Keys)
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.Allows(name)));

        // An endpoint that names no policy is closed, not open.
        options.FallbackPolicy = options.GetPolicy(Administer);
    }
}
