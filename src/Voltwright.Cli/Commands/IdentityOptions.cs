using System.CommandLine;
using Voltwright.Server;
using Voltwright.Server.Auth;

namespace Voltwright.Cli.Commands;

/// <summary>The options of <c>serve</c> about an OpenID Connect provider that people of the console sign in by.</summary>
internal static class IdentityOptions
{
    private const string SecretVariable = "VOLTWRIGHT_OIDC_SECRET";

    private static readonly Option<string> Authority = new("--oidc-authority")
    {
        Description = "URL of an OpenID Connect provider that people may sign in by; local accounts stay. "
            + "Register SERVER/sign-in/callback and SERVER/sign-out/callback there.",
    };

    private static readonly Option<string> Client = new("--oidc-client") { Description = "What this server is called at the provider: its client id." };

    private static readonly Option<string> SecretFile = new("--oidc-secret-file")
    {
        Description = $"A file with the client's secret. Default: {SecretVariable}.",
    };

    private static readonly Option<string> Name = new("--oidc-name") { Description = "What the provider is called at the sign-in." };

    private static readonly Option<string> NameClaim = new("--oidc-account-claim")
    {
        Description = "The claim that is the account's sign-in name. Default: preferred_username, else email.",
    };

    private static readonly Option<string> RoleClaim = new("--oidc-role-claim") { Description = "The claim that roles are looked up by. Default: roles." };

    private static readonly Option<string[]> Role = new("--oidc-role")
    {
        Description = "VALUE=ROLE: what a value of the role claim means here, the mightiest first: administrator, operator, support, read-only. "
            + "Without any, accounts keep the role that they have.",
    };

    private static readonly Option<bool> Create = new("--oidc-create")
    {
        Description = "Make an account for whoever has a role and none yet. Default: only accounts made under People without a password are theirs.",
    };

    private static readonly Option<string[]> Scope = new("--oidc-scope") { Description = "Asked for beside openid, profile and email." };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Authority, Client, SecretFile, Name, NameClaim, RoleClaim, Role, Create, Scope })
            command.Add(option);
    }

    public static IdentityProviderOptions? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Authority) is not { } authority)
            return null;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var url) || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
            throw new UsageException("--oidc-authority is no https URL; http does on loopback only.");
        var defaults = new IdentityProviderOptions(
            url, parsed.GetValue(Client) ?? throw new UsageException("--oidc-authority needs --oidc-client."), ReadSecret(parsed.GetValue(SecretFile)));
        return defaults with
        {
            Name = parsed.GetValue(Name) ?? defaults.Name,
            NameClaim = parsed.GetValue(NameClaim) ?? defaults.NameClaim,
            RoleClaim = parsed.GetValue(RoleClaim) ?? defaults.RoleClaim,
            Roles = [.. (parsed.GetValue(Role) ?? []).Select(ReadRole)],
            CreatesAccounts = parsed.GetValue(Create),
            Scopes = parsed.GetValue(Scope) ?? [],
        };
    }

    private static (string Value, string Role) ReadRole(string text)
    {
        var (value, role) = Options.Pair(text, "--oidc-role");
        return Roles.OfPeople.Contains(role) ? (value, role)
            : throw new UsageException($"--oidc-role '{text}': the roles are {string.Join(", ", Roles.OfPeople)}.");
    }

    private static string ReadSecret(string? file)
    {
        try
        {
            var secret = file is null ? Environment.GetEnvironmentVariable(SecretVariable) : File.ReadAllText(file).Trim();
            return secret is { Length: > 0 } ? secret : throw new UsageException($"The client's secret is missing: --oidc-secret-file or {SecretVariable}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--oidc-secret-file: {e.Message}");
        }
    }
}
