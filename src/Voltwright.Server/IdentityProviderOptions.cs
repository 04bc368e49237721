namespace Voltwright.Server;

/// <summary>An OpenID Connect provider whose people may sign in to the console; local accounts stay beside it.</summary>
/// <param name="Authority">Where <c>/.well-known/openid-configuration</c> is; https, or http on loopback.</param>
/// <param name="ClientId">What this server is called there. Its redirect addresses are <c>/sign-in/callback</c> and <c>/sign-out/callback</c>.</param>
/// <param name="ClientSecret">Its secret there; the code flow with PKCE is all that is used.</param>
public sealed record IdentityProviderOptions(Uri Authority, string ClientId, string ClientSecret)
{
    /// <summary>What the button is labelled with.</summary>
    public string Name { get; init; } = "OpenID Connect";

    /// <summary>The claim that the account's sign-in name is, in small letters.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim, of one value or many, that <see cref="Roles"/> are looked up by.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>
    /// Values of <see cref="RoleClaim"/> and the role that each means here, the mightiest first; without any, accounts keep the role they have.
    /// </summary>
    public IReadOnlyList<(string Value, string Role)> Roles { get; init; } = [];

    /// <summary>Whether somebody with a role who is not known here gets an account.</summary>
    public bool CreatesAccounts { get; init; }

    /// <summary>Asked for beside <c>openid profile email</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
