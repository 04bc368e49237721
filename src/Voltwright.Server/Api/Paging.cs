using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

/// <summary>Lists of what the store keeps, newest first: <c>?limit=</c> and <c>?after=</c>.</summary>
internal static class Paging
{
    private const int Most = 500;
    private const int Usual = 50;

    public static async Task<Listed<T>> ListAsync<T>(
        this IStore store, string kind, int? limit, string? after, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellation,
        params (string Path, string? Value)[] filters)
    {
        var wanted = filters.Where(f => f.Value is { Length: > 0 }).Select(f => (f.Path, f.Value!)).ToList();
        var page = await PageAsync(
            store, kind, wanted, Math.Clamp(limit ?? Usual, 1, Most), string.IsNullOrEmpty(after) ? null : after, cancellation);
        return new Listed<T>([.. page.Items.Select(item => read(item.Body))], page.Next);
    }

    private static async ValueTask<Page<ListedState>> PageAsync(
        IStore store, string kind, List<(string, string)> filters, int limit, string? after, CancellationToken cancellation)
    {
        try
        {
            return await store.ListAsync(kind, filters, limit, after, cancellation);
        }
        catch (ArgumentException e) when (e.ParamName == "after")
        {
            throw new BadHttpRequestException($"'{after}' is no cursor of this list: give 'next' of the page before.", e);
        }
    }

    public static async Task<Listed<Record>> RecordsAsync(this IStore store, string stream, CancellationToken cancellation)
    {
        var records = await store.ReadRecordsAsync(stream, cancellation: cancellation);
        return new Listed<Record>([.. records.Select(r => new Record(r.Version, r.At, JsonValue.Parse(r.Body.Span)))], null);
    }

    /// <summary>One step of what led something to its state.</summary>
    internal sealed record Record(long Version, DateTimeOffset At, JsonValue What);
}
