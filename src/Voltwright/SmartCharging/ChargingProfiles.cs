using Voltwright.Gateway;
using Voltwright.Gateway.Vendors;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.SmartCharging;

/// <summary>The charging profiles of stations: kept here, sent there, and sent again to those that were away.</summary>
public sealed class ChargingProfiles(IStore store, CommandDesk desk, TimeProvider clock)
{
    private const int Most = 100;

    public async Task<Outcome<InstalledProfile>> PutAsync(string stationId, int? slot, ChargingProfile profile, CancellationToken cancellation)
    {
        var wanted = await WantAsync(stationId, slot, profile, cancellation);
        return wanted.Value is { } kept ? await SendAsync(stationId, kept, cancellation) : wanted;
    }

    /// <summary>Keeps a profile; whoever looks after undelivered wishes sends it.</summary>
    public async Task<Outcome<InstalledProfile>> WantAsync(string stationId, int? slot, ChargingProfile profile, CancellationToken cancellation)
    {
        if (profile.Problems().ToList() is { Count: > 0 } problems)
            return new Refusal(RefusalKind.Invalid, string.Join(' ', problems));
        if (await StationAsync(stationId, cancellation) is not { } station)
            return new Refusal(RefusalKind.NotFound, $"Station {stationId} is not registered.");
        if (slot is not null && station.FindSlot(slot) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {stationId} has no slot {slot}.");
        if (profile.SessionId is { } sessionId)
        {
            if (await SessionAsync(sessionId, cancellation) is not { Status: SessionStatus.Charging } session || session.StationId != stationId)
                return new Refusal(RefusalKind.IllegalTransition, $"Session {sessionId} does not charge at station {stationId}.");
            slot = session.SlotNumber;
        }

        var place = profile.Purpose == ProfilePurpose.StationMax ? null : slot;
        var book = await ChangeAsync(
            stationId,
            known =>
            [
                .. known.Where(p => p.Profile.Id != profile.Id),
                new InstalledProfile(place, profile, "wanted", After(known.FirstOrDefault(p => p.Profile.Id == profile.Id))),
            ],
            cancellation);
        return book.Profiles.Count > Most
            ? new Refusal(RefusalKind.Invalid, $"Station {stationId} has {Most} profiles already.")
            : book.Profiles[^1];
    }

    /// <summary>Has a profile sent once more.</summary>
    public Task WantAgainAsync(string stationId, int profileId, CancellationToken cancellation) => ChangeAsync(
        stationId, known => [.. known.Select(p => p.Profile.Id == profileId ? p with { Reached = "wanted", At = After(p) } : p)], cancellation);

    /// <summary>Null when there is no such profile.</summary>
    public async Task<Outcome<StationAnswer>> RemoveAsync(string stationId, int profileId, CancellationToken cancellation)
    {
        if ((await BookAsync(stationId, cancellation)).Profiles.All(p => p.Profile.Id != profileId))
            return new Refusal(RefusalKind.NotFound, $"Station {stationId} has no charging profile {profileId}.");
        var asked = await desk.AskAsync(stationId, new StationCommand.ClearProfile(profileId), cancellation);
        if (asked.Refusal is { Kind: RefusalKind.StationOffline or RefusalKind.StationSilent })
            return asked;

        // A station that refuses does not have it.
        await ChangeAsync(stationId, known => [.. known.Where(p => p.Profile.Id != profileId)], cancellation);
        return asked.Value ?? new StationAnswer(Voltwright.Jq.JsonValue.Null);
    }

    public async ValueTask<ProfileBook> BookAsync(string stationId, CancellationToken cancellation) => (await LoadAsync(stationId, cancellation)).Book;

    /// <summary>What all profiles together come to, by our own calculation.</summary>
    /// <param name="except">A profile that is left out.</param>
    public async Task<Outcome<Composite>> ComposeAsync(
        string stationId, int? slot, TimeSpan duration, PowerUnit unit, CancellationToken cancellation, int? except = null)
    {
        if (await StationAsync(stationId, cancellation) is not { } station || (slot is not null && station.FindSlot(slot) is null))
            return new Refusal(RefusalKind.NotFound, $"There is no station {stationId}, or no slot {slot} at it.");
        var session = station.FindSlot(slot) is { SessionId: { } id } ? await SessionAsync(id, cancellation) : null;
        var book = await BookAsync(stationId, cancellation);
        var counted = book.Profiles.Where(p => p.Profile.Id != except).ToList();
        return CompositeSchedule.Compute(counted, slot, session?.Id, session?.StartedAt, clock.GetUtcNow(), duration, unit);
    }

    /// <summary>Sends a connected station what it missed.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        foreach (var wanted in (await BookAsync(stationId, cancellation)).Profiles.Where(p => p.Reached == "wanted"))
        {
            var session = wanted.Profile.SessionId is { } id ? await SessionAsync(id, cancellation) : null;
            if (wanted.Profile.SessionId is null || session is { Status: SessionStatus.Charging })
                await SendAsync(stationId, wanted, cancellation);
            else
                await ChangeAsync(stationId, known => [.. known.Where(p => p.Profile.Id != wanted.Profile.Id)], cancellation);
        }
    }

    private async Task<Outcome<InstalledProfile>> SendAsync(string stationId, InstalledProfile wanted, CancellationToken cancellation)
    {
        var session = wanted.Profile.SessionId is { } id ? await SessionAsync(id, cancellation) : null;
        var profile = await StationAsync(stationId, cancellation) is { } station ? Quirks.Taken(station, wanted.Profile) : wanted.Profile;
        var sent = await desk.SendAsync(stationId, new StationCommand.SetProfile(wanted.Slot, profile, session?.TransactionId), cancellation);
        if (sent is CommandOutcome.Offline or CommandOutcome.Silent)
            return wanted;
        var reached = sent is CommandOutcome.Accepted ? "confirmed" : sent is CommandOutcome.Unsupported ? "unsupported" : "failed";
        var next = wanted with { Reached = reached, Problem = reached == "confirmed" ? null : CommandDesk.Reason(sent) };
        // What was wanted since the station was told is still to be told.
        bool IsTold(InstalledProfile known) => known.Profile.Id == next.Profile.Id && known.At == next.At;
        await ChangeAsync(
            stationId,
            known => reached == "failed" ? [.. known.Where(p => !IsTold(p))] : [.. known.Select(p => IsTold(p) ? next : p)],
            cancellation);
        return reached == "failed" ? CommandDesk.RefusalOf(stationId, sent) : next;
    }

    /// <summary>Now, and later than the wish that it takes the place of: wishes are told apart by it.</summary>
    private DateTimeOffset After(InstalledProfile? before) =>
        before is { At: var at } && at >= clock.GetUtcNow() ? at.AddTicks(1) : clock.GetUtcNow();

    private async Task<ProfileBook> ChangeAsync(
        string stationId, Func<IReadOnlyList<InstalledProfile>, IReadOnlyList<InstalledProfile>> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, book) = await LoadAsync(stationId, cancellation);
            var next = book with { Profiles = change(book.Profiles) };
            if (next.Profiles.Count > Most)
                return next;
            try
            {
                var state = DomainJson.Write(next, DomainJson.Default.ProfileBook);
                await store.CommitAsync(new Commit { Writes = [new($"profiles/{stationId}", version, state)] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // Decide anew on what the other writer left.
            }
        }
    }

    private async ValueTask<(long Version, ProfileBook Book)> LoadAsync(string stationId, CancellationToken cancellation) =>
        await store.LoadAsync($"profiles/{stationId}", cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.ProfileBook))
            : (0, new ProfileBook(stationId, []));

    private async ValueTask<Station?> StationAsync(string stationId, CancellationToken cancellation) =>
        await store.LoadAsync($"station/{stationId}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Station) : null;

    private async ValueTask<Session?> SessionAsync(string sessionId, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{sessionId}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Session) : null;
}
