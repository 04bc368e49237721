using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>A key as it is kept: its hash names the stream, the key itself is nowhere.</summary>
public sealed record ApiKey(string Id, string Name, string Role, DateTimeOffset CreatedAt);

/// <summary>The keys of people and programs. Keys are 256 random bits, so a plain hash of one gives nothing away.</summary>
public sealed class ApiKeys(IStore store, ServerOptions options)
{
    private const string Kind = "key";
    private readonly ConcurrentDictionary<string, ApiKey> _known = new(StringComparer.Ordinal);
    private readonly string? _configured = options.AdministratorKey is { Length: > 0 } key ? HashOf(key) : null;

    public async ValueTask<ApiKey?> FindAsync(string key, CancellationToken cancellation)
    {
        var hash = HashOf(key);
        if (hash == _configured)
            return new ApiKey("configured", "configured administrator", Roles.Administrator, default);
        if (_known.TryGetValue(hash, out var known))
            return known;
        if (await store.LoadAsync($"{Kind}/{hash}", cancellation) is not { } stored)
            return null;
        return _known[hash] = Read(stored.Body);
    }

    public async Task<(ApiKey Key, string Secret)> CreateAsync(string name, string role, CancellationToken cancellation)
    {
        var secret = "vw_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var hash = HashOf(secret);
        var key = new ApiKey(hash[..12], name, role, options.Time.GetUtcNow());
        var state = JsonSerializer.SerializeToUtf8Bytes(key, JsonSerializerOptions.Web);
        await store.CommitAsync(new Commit { Writes = [new StreamWrite($"{Kind}/{hash}", 0, state)] }, cancellation);
        return (key, secret);
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellation) =>
        [.. (await store.ListAsync(Kind, [], 1000, null, cancellation)).Items.Select(k => Read(k.Body))];

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellation)
    {
        var found = (await store.ListAsync(Kind, [("id", id)], 1, null, cancellation)).Items;
        if (found.Count == 0)
            return false;
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(found[0].Stream, found[0].Version, null)] }, cancellation);
        return _known.TryRemove(found[0].Stream[(Kind.Length + 1)..], out _) || true;
    }

    /// <summary>A first start leaves one administrator key behind, shown once; a configured key makes that needless.</summary>
    public async Task EnsureAdministratorAsync(CancellationToken cancellation)
    {
        var known = await store.ListAsync(Kind, [("role", Roles.Administrator)], 1, null, cancellation);
        if (_configured is not null || known.Items.Count > 0)
            return;
        var (_, secret) = await CreateAsync("first administrator", Roles.Administrator, cancellation);
        await options.Notices.WriteLineAsync($"Administrator key (shown this once, kept only as a hash): {secret}");
    }

    private static ApiKey Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<ApiKey>(body.Span, JsonSerializerOptions.Web)!;

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
