using Voltwright.Storage;

namespace Voltwright.Tariffs;

/// <summary>The tariffs in force: streams <c>tariff/{id}</c>. Changes concern sessions that open later.</summary>
public sealed class TariffCatalog(IStore store)
{
    public async ValueTask<Tariff?> FindAsync(string id, CancellationToken cancellation = default) =>
        await store.LoadAsync(Stream(id), cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Tariff) : null;

    /// <summary>The tariff of that id, else the default one; free of charge where none is set.</summary>
    public async ValueTask<Tariff> InForceAsync(string id, CancellationToken cancellation = default) =>
        await FindAsync(id, cancellation) ?? (id == Tariff.DefaultId ? Tariff.Free : await InForceAsync(Tariff.DefaultId, cancellation));

    public async Task<Outcome<Tariff>> PutAsync(Tariff tariff, CancellationToken cancellation = default)
    {
        if (tariff.Problems() is { Count: > 0 } problems)
            return new Refusal(RefusalKind.Invalid, string.Join(" ", problems));

        while (true)
        {
            var known = await store.LoadAsync(Stream(tariff.Id), cancellation);
            var next = tariff with { Version = (known?.Version ?? 0) + 1 };
            var state = DomainJson.Write(next, DomainJson.Default.Tariff);
            try
            {
                await store.CommitAsync(new Commit { Writes = [new(Stream(tariff.Id), known?.Version ?? 0, state, state)] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // Somebody else changed it meanwhile: the last word wins.
            }
        }
    }

    private static string Stream(string id) => $"tariff/{id}";
}
