using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>
/// Unknown stations that knocked, for an operator to admit. Anybody can knock under any name, so the list is bounded and a
/// candidate is written down at most once a minute.
/// </summary>
public sealed class CandidateList(IStore store, ChargingOptions options)
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    public async ValueTask NoteAsync(string id, string protocol, string remoteAddress, DateTimeOffset now)
    {
        if (!Station.IsValidId(id))
            return;
        var stored = await store.LoadAsync(StreamOf(id));
        var known = stored is null ? null : DomainJson.Read(stored.Body, DomainJson.Default.Candidate);
        if (known is not null && now - known.LastSeenAt < Often)
            return;
        if (known is null && (await store.ListAsync("candidate", [], options.MaxCandidates)).Items.Count >= options.MaxCandidates)
            return;

        var next = known is null
            ? new Candidate(id, protocol, remoteAddress, now, now, 1)
            : known with { Protocol = protocol, RemoteAddress = remoteAddress, LastSeenAt = now, Attempts = known.Attempts + 1 };
        try
        {
            var state = DomainJson.Write(next, DomainJson.Default.Candidate);
            await store.CommitAsync(new Commit { Writes = [new(StreamOf(id), stored?.Version ?? 0, state)] });
        }
        catch (StaleVersionException)
        {
            // It knocked twice at once: once is noted.
        }
    }

    /// <summary>What to write when the station is registered.</summary>
    public async ValueTask<IReadOnlyList<StreamWrite>> ForgettingAsync(string id) =>
        await store.LoadAsync(StreamOf(id)) is { } known ? [new StreamWrite(StreamOf(id), known.Version, null)] : [];

    private static string StreamOf(string id) => $"candidate/{id}";
}
