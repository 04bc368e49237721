using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>A signed-in browser: stream <c>sign-in/{hash of its token}</c>.</summary>
/// <param name="PersonId">Null when a key signed in.</param>
/// <param name="KeyHash">The key's; null when a person signed in.</param>
/// <param name="IsVouched">The identity provider vouched for the person, and has a sign-in of its own.</param>
public sealed record SignIn(string? PersonId, string? KeyHash, DateTimeOffset At, DateTimeOffset Until, string From, bool IsVouched = false);

/// <summary>Who it is, by what holds now: a role that changed counts at once.</summary>
/// <param name="PersonId">Null when a key signed in.</param>
public sealed record SignedIn(string Name, string Role, string? PersonId, IReadOnlyList<string>? Scope = null, IReadOnlyList<string>? Sites = null);

/// <summary>
/// Signed-in browsers. The cookie holds 256 random bits that are new at every sign-in; what they stand for is kept here, so that
/// signing out, or taking an account out of force, ends it at once.
/// </summary>
public sealed class SignIns(IStore store, People people, ApiKeys keys, TimeProvider time)
{
    public const string Cookie = "voltwright";
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);
    private const string Kind = "sign-in";

    /// <returns>The token for the cookie.</returns>
    public async Task<string> BeginAsync(
        string? personId, string? keyHash, string from, CancellationToken cancellation, bool isVouched = false)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var state = JsonSerializer.SerializeToUtf8Bytes(new SignIn(personId, keyHash, now, now + Lasts, from, isVouched), JsonSerializerOptions.Web);
        await store.CommitAsync(
            new Commit { Writes = [.. await OutlivedAsync(now, cancellation), new StreamWrite(StreamOf(token), 0, state)] }, cancellation);
        return token;
    }

    public async ValueTask<SignedIn?> FindAsync(string token, CancellationToken cancellation)
    {
        if (token.Length != 64 || await store.LoadAsync(StreamOf(token), cancellation) is not { } stored)
            return null;
        var signIn = Read(stored.Body);
        if (signIn.Until <= time.GetUtcNow())
            return null;
        if (signIn.KeyHash is { } hash)
            return await keys.FindByHashAsync(hash, cancellation) is { } key ? new SignedIn(key.Name, key.Role, null, key.Scope, key.Sites) : null;
        return await people.FindAsync(signIn.PersonId!, cancellation) is { IsDisabled: false } person
            ? new SignedIn(person.Name, person.Role, person.Id, null, person.Sites)
            : null;
    }

    /// <returns>What ended; null when there was nothing.</returns>
    public async Task<SignIn?> EndAsync(string token, CancellationToken cancellation)
    {
        if (await store.LoadAsync(StreamOf(token), cancellation) is not { } stored)
            return null;
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(StreamOf(token), stored.Version, null)] }, cancellation);
        return Read(stored.Body);
    }

    /// <summary>Signs a person out everywhere: after a new password, or when the account is taken out of force.</summary>
    /// <param name="exceptToken">The browser that may stay; null for none.</param>
    public async Task EndAllAsync(string personId, string? exceptToken, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Kind, [("personId", personId)], 1000, null, cancellation);
        var kept = exceptToken is null ? null : StreamOf(exceptToken);
        var writes = found.Items.Where(s => s.Stream != kept).Select(s => new StreamWrite(s.Stream, s.Version, null)).ToList();
        if (writes.Count > 0)
            await store.CommitAsync(new Commit { Writes = writes }, cancellation);
    }

    /// <summary>What forms of that browser carry, and no other site can know.</summary>
    public static string FormTokenOf(string token) => Hash("form " + token)[..32];

    // A few of the oldest go whenever a new one comes, so that no sweep is needed.
    private async Task<IEnumerable<StreamWrite>> OutlivedAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var oldest = await store.ListOldestAsync(Kind, [], 8, null, cancellation);
        return oldest.Items.Where(s => Read(s.Body).Until <= now).Select(s => new StreamWrite(s.Stream, s.Version, null));
    }

    private static SignIn Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<SignIn>(body.Span, JsonSerializerOptions.Web)!;

    private static string StreamOf(string token) => $"{Kind}/{Hash(token)}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
