using Orleans.Runtime.Placement;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Storage;

namespace Voltwright.Stations;

public sealed partial class StationGrain
{
    public async Task<Outcome<Station>> Register(StationRegistration registration, string? requestKey)
    {
        var key = Scoped(requestKey, "register");
        while (true)
        {
            if (key is not null && await store.FindReplyAsync(key) is { } known)
                return DomainJson.Read(known, DomainJson.Default.OutcomeStation);
            await Memory.LoadAsync();
            if (Memory.Station is not null)
                return new Refusal(RefusalKind.AlreadyExists, $"Station {Id} is registered already: PATCH changes it, DELETE removes it.");
            var outcome = Station.Register(registration with { Id = Id }, clock.GetUtcNow());
            if (outcome.Value is not { } station)
                return outcome;
            var writes = await candidates.ForgettingAsync(Id);
            if (registration.Secret is { } secret)
                writes = [.. writes, (await CredentialAsync()).Write(Credential.Of(secret, clock.GetUtcNow()))];
            try
            {
                var reply = key is null ? null : new Reply(key, DomainJson.Write(outcome, DomainJson.Default.OutcomeStation));
                await Memory.CommitAsync(station, writes, reply, SiteChange(null, station.SiteId));
                return outcome;
            }
            catch (StaleVersionException)
            {
                Memory.Forget();
            }
        }
    }

    public Task<Outcome<Station>> Change(StationChange change, string? requestKey) => DecideAsync<Outcome<Station>>(
        turn =>
        {
            var outcome = turn?.Station.Change(change) ?? NotRegistered;
            if (outcome.Value is not { } changed)
                return outcome;
            var former = turn!.Station.SiteId;
            turn.Station = changed;
            if (changed.SiteId != former)
                turn.Tell(EventTypes.SiteChanged, turn.Now, SiteData(former, changed.SiteId));
            return outcome;
        },
        requestKey: Scoped(requestKey, "change"), replyType: DomainJson.Default.OutcomeStation);

    private Jq.JsonObject SiteData(string? former, string? next) =>
        StationEvent.Data(("stationId", Id), ("siteId", next), ("formerSiteId", former));

    // Whoever keeps in mind which station stands where learns it from the log, on every node.
    private IReadOnlyList<Jq.JsonValue> SiteChange(string? former, string? next)
    {
        var now = clock.GetUtcNow();
        return former == next ? []
            : [StationEvent.Of(EventTypes.SiteChanged, Id, $"e-{Guid.CreateVersion7(now):N}", now, SiteData(former, next))];
    }

    public async Task<Outcome<Station>> Remove()
    {
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
            return NotRegistered;
        if (station.Sessions.FirstOrDefault(e => e.ClosedAt is null) is { } open)
        {
            return new Refusal(
                RefusalKind.IllegalTransition,
                $"Session {open.Id} is open on slot {open.SlotNumber}: end it before the station is removed.");
        }

        var credential = await CredentialAsync();
        _verified = null;
        await Memory.CommitAsync(null, credential.Known is null ? [] : [credential.Write(null)], null, SiteChange(station.SiteId, null));
        return station;
    }

    public async Task<Station?> Get()
    {
        await Memory.LoadAsync();
        return Memory.Station?.AsOf(clock.GetUtcNow());
    }

    public async Task Connected(string linkId, string protocol)
    {
        await Memory.LoadAsync();
        var older = Memory.Station?.LinkId;
        await DecideAsync(turn => Presence.Came(turn, linkId, protocol));
        // An older one on the same node is closed there.
        if (older is not null && older != linkId && ThisNode.NodeOf(older) is { } holder && !holder.Equals(ThisNode.NodeOf(linkId)))
            _ = routes.At(holder, Id, older, protocol).CloseAsync("A newer connection of this station took its place.");
        MoveTo(ThisNode.NodeOf(linkId));
    }

    /// <summary>Most of what it hears comes by its connection, and most of what it says goes there: it lives on the node that holds it.</summary>
    private void MoveTo(SiloAddress? holder)
    {
        if (holder is null || holder.Equals(GrainContext.Address.SiloAddress))
            return;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, holder);
        MigrateOnIdle();
    }

    public Task Disconnected(string linkId) => DecideAsync(turn => Presence.Went(turn, linkId));

    public async Task Booted(string linkId, BootFact fact)
    {
        await NoteBootAsync(fact);
        await firmware.BootedAsync(Id, fact.Firmware);
    }

    private Task NoteBootAsync(BootFact fact) => DecideAsync(turn =>
    {
        turn.Station = turn.Station with
        {
            Vendor = fact.Vendor ?? turn.Station.Vendor,
            Model = fact.Model ?? turn.Station.Model,
            Serial = fact.Serial ?? turn.Station.Serial,
            Firmware = fact.Firmware ?? turn.Station.Firmware,
        };
        turn.Tell(EventTypes.Booted, turn.Now, StationEvent.Data(
            ("stationId", Id), ("vendor", fact.Vendor), ("model", fact.Model), ("serial", fact.Serial), ("firmware", fact.Firmware)));
        turn.HasUndelivered = true;
    });
}
