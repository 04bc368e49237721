namespace Voltwright.Server.Auth;

/// <summary>Somebody who signs in: stream <c>person/{id}</c>. The id is the name typed at sign-in, in lower case.</summary>
public sealed record Person(string Id, string Name, string Role, DateTimeOffset CreatedAt)
{
    /// <summary>As <see cref="Passwords"/> writes it; null for somebody whom an identity provider vouches for.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The identity provider's own name for the person; null for a local account, or before the first sign-in by the provider.</summary>
    public string? Subject { get; init; }

    /// <summary>Base32; null while there is no second factor.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>The time step of the newest code that was accepted: a code counts once.</summary>
    public long LastStep { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>The sites that the account is restricted to; null for all.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Wrong passwords and codes since the last right ones.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }

    public static string? IdProblem(string id) =>
        id.Length is < 2 or > 64 || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_' or '@'))
            ? "A sign-in name has 2 to 64 small letters, digits or characters of .-_@"
            : null;
}
