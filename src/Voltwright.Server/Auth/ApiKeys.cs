using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>A key as it is kept: its hash names the stream, the key itself is nowhere.</summary>
/// <param name="ExpiresAt">Null for a key that lasts until it is removed.</param>
/// <param name="Scope">Names of <see cref="Access"/> that the key is narrowed to; null for all that its role may do.</param>
/// <param name="Sites">The sites that it is restricted to; null for all.</param>
public sealed record ApiKey(
    string Id, string Name, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? Scope = null,
    IReadOnlyList<string>? Sites = null);

/// <summary>The keys of people and programs. Keys are 256 random bits, so a plain hash of one gives nothing away.</summary>
public sealed class ApiKeys : IDisposable
{
    private const string Kind = "key";
    private readonly IStore _store;
    private readonly ServerOptions _options;
    private readonly IDisposable _watch;
    private readonly ConcurrentDictionary<string, ApiKey> _known = new(StringComparer.Ordinal);
    private readonly string? _configured;

    public ApiKeys(IStore store, ServerOptions options)
    {
        (_store, _options) = (store, options);
        _configured = options.AdministratorKey is { Length: > 0 } key ? HashOf(key) : null;
        // A key that another node took away is known no longer here.
        _watch = store.WatchSettings(stream =>
        {
            if (stream is null)
                _known.Clear();
            else if (StreamName.KindOf(stream) == Kind)
                _known.TryRemove(StreamName.IdOf(stream), out _);
        });
    }

    public void Dispose() => _watch.Dispose();

    public ValueTask<ApiKey?> FindAsync(string key, CancellationToken cancellation) => FindByHashAsync(HashOf(key), cancellation);

    /// <returns>Null when it is unknown, removed or expired.</returns>
    public async ValueTask<ApiKey?> FindByHashAsync(string hash, CancellationToken cancellation)
    {
        if (hash == _configured)
            return new ApiKey("configured", "configured administrator", Roles.Administrator, default);
        if (!_known.TryGetValue(hash, out var known))
        {
            if (await _store.LoadAsync($"{Kind}/{hash}", cancellation) is not { } stored)
                return null;
            known = _known[hash] = Read(stored.Body);
        }

        return known.ExpiresAt is { } end && end <= _options.Time.GetUtcNow() ? null : known;
    }

    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        string name, string role, CancellationToken cancellation, DateTimeOffset? expiresAt = null, IReadOnlyList<string>? scope = null,
        IReadOnlyList<string>? sites = null)
    {
        var secret = "vw_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var hash = HashOf(secret);
        var key = new ApiKey(hash[..12], name, role, _options.Time.GetUtcNow(), expiresAt, Narrowed(scope), Narrowed(sites));
        var state = JsonSerializer.SerializeToUtf8Bytes(key, JsonSerializerOptions.Web);
        await _store.CommitAsync(new Commit { Writes = [new StreamWrite($"{Kind}/{hash}", 0, state)] }, cancellation);
        return (key, secret);
    }

    /// <summary>Null when such a key can be made.</summary>
    public string? Problem(string name, string role, DateTimeOffset? expiresAt, IReadOnlyList<string>? scope) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 100 ? "A key's name has 1 to 100 characters."
        : !Roles.OfKeys.Contains(role) ? $"'{role}' is no role; the roles are {string.Join(", ", Roles.OfKeys)}."
        : expiresAt <= _options.Time.GetUtcNow() ? "The key would expire in the past."
        : scope?.FirstOrDefault(s => !Access.All.Contains(s)) is { } wrong ? $"'{wrong}' is no scope; they are {string.Join(", ", Access.All)}."
        : null;

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellation) =>
        [.. (await _store.ListAsync(Kind, [], 1000, null, cancellation)).Items.Select(k => Read(k.Body))];

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellation)
    {
        var found = (await _store.ListAsync(Kind, [("id", id)], 1, null, cancellation)).Items;
        if (found.Count == 0)
            return false;
        await _store.CommitAsync(new Commit { Writes = [new StreamWrite(found[0].Stream, found[0].Version, null)] }, cancellation);
        return _known.TryRemove(found[0].Stream[(Kind.Length + 1)..], out _) || true;
    }

    /// <summary>A first start leaves one administrator key behind, shown once; a configured key makes that needless.</summary>
    public async Task EnsureAdministratorAsync(CancellationToken cancellation)
    {
        var known = await _store.ListAsync(Kind, [("role", Roles.Administrator)], 1, null, cancellation);
        if (_configured is not null || known.Items.Count > 0)
            return;
        var (_, secret) = await CreateAsync("first administrator", Roles.Administrator, cancellation);
        await _options.Notices.WriteLineAsync($"Administrator key (shown this once, kept only as a hash): {secret}");
    }

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static IReadOnlyList<string>? Narrowed(IReadOnlyList<string>? names) => names is { Count: > 0 } ? names : null;

    private static ApiKey Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize<ApiKey>(body.Span, JsonSerializerOptions.Web)!;
}
