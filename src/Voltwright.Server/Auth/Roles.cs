namespace Voltwright.Server.Auth;

/// <summary>Who may do what. A key has one role; stations and workflows have theirs by what they are.</summary>
public static class Roles
{
    public const string Administrator = "administrator";
    public const string Operator = "operator";
    public const string Support = "support";
    public const string ReadOnly = "read-only";
    public const string Driver = "driver";

    /// <summary>A workflow run of this very process.</summary>
    public const string Workflow = "workflow";

    /// <summary>A station that gave its own id and secret; the identity's name is the id.</summary>
    public const string Station = "station";

    /// <summary>The roles that somebody who signs in can have.</summary>
    public static IReadOnlyList<string> OfPeople { get; } = [Administrator, Operator, Support, ReadOnly];

    /// <summary>The roles that a key can be given.</summary>
    public static IReadOnlyList<string> OfKeys { get; } = [Administrator, Operator, Support, ReadOnly, Driver];
}
