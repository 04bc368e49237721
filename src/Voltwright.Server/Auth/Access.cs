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

    /// <summary>Stations, tariffs, workflows, keys.</summary>
    public const string Administer = "administer";

    /// <summary>Tell what happened: publish events.</summary>
    public const string Report = "report";

    private static readonly Dictionary<string, string[]> RolesOf = new()
    {
        [Read] = [Roles.Administrator, Roles.Operator, Roles.Support, Roles.ReadOnly, Roles.Workflow],
        [Operate] = [Roles.Administrator, Roles.Operator, Roles.Workflow],
        [Support] = [Roles.Administrator, Roles.Operator, Roles.Support, Roles.Workflow],
        [Administer] = [Roles.Administrator],
        [Report] = [Roles.Administrator, Roles.Operator, Roles.Workflow, Roles.Station],
    };

    internal static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var (name, roles) in RolesOf)
            options.AddPolicy(name, policy => policy.RequireRole(roles));

        // An endpoint that names no policy is closed, not open.
        options.FallbackPolicy = options.GetPolicy(Administer);
    }
}
