using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>The sites of this installation.</summary>
public sealed class SiteCatalog(IStore store)
{
    private const int AtOnce = 500;

    public async ValueTask<Site?> FindAsync(string id, CancellationToken cancellation = default) =>
        id.Length > 0 && await store.LoadAsync(StreamOf(id), cancellation) is { } stored ? Read(stored.Body) : null;

    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<Site>> ListAsync(CancellationToken cancellation = default)
    {
        var sites = new List<Site>();
        string? after = null;
        do
        {
            var page = await store.ListAsync(Site.StreamKind, [], AtOnce, after, cancellation);
            sites.AddRange(page.Items.Select(s => Read(s.Body)));
            after = page.Next;
        }
        while (after is not null);
        return [.. sites.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Makes a site, or changes it.</summary>
    public async Task<Outcome<Site>> PutAsync(Site site, CancellationToken cancellation = default)
    {
        if (site.Problem() is { } problem)
            return new Refusal(RefusalKind.Invalid, problem);
        site = site with { Name = site.Name.Trim(), Address = string.IsNullOrWhiteSpace(site.Address) ? null : site.Address.Trim() };
        while (true)
        {
            var version = (await store.LoadAsync(StreamOf(site.Id), cancellation))?.Version ?? 0;
            if (await TryWriteAsync(site.Id, version, DomainJson.Write(site, DomainJson.Default.Site), cancellation))
                return site;
        }
    }

    /// <summary>Forgets a site that no station stands at.</summary>
    public async Task<Outcome<Site>> RemoveAsync(string id, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (id.Length == 0 || await store.LoadAsync(StreamOf(id), cancellation) is not { } stored)
                return new Refusal(RefusalKind.NotFound, $"There is no site '{id}'.");
            if (await store.CountAsync("station", [("siteId", id)], cancellation) is > 0 and var stations)
                return new Refusal(RefusalKind.IllegalTransition, $"{stations} stations stand at site '{id}': put them elsewhere first.");
            if (await TryWriteAsync(id, stored.Version, null, cancellation))
                return Read(stored.Body);
        }
    }

    private async Task<bool> TryWriteAsync(string id, long version, byte[]? state, CancellationToken cancellation)
    {
        try
        {
            // A null array would turn into empty memory, which is no JSON.
            var body = state is null ? default(ReadOnlyMemory<byte>?) : state;
            await store.CommitAsync(new Commit { Writes = [new StreamWrite(StreamOf(id), version, body)] }, cancellation);
            return true;
        }
        catch (StaleVersionException)
        {
            return false;
        }
    }

    private static string StreamOf(string id) => $"{Site.StreamKind}/{id}";

    private static Site Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Site);
}
