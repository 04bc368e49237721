using System.Security.Cryptography;
using System.Text;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Storage;

namespace Voltwright.Stations;

public sealed partial class StationGrain
{
    // Of the secret that was verified last: stations reconnect often, and deriving the hash each time costs milliseconds.
    private byte[]? _verified;

    private string CredentialStream => $"credential/{Id}";

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
                writes = [.. writes, await CredentialWriteAsync(secret)];
            try
            {
                var reply = key is null ? null : new Reply(key, DomainJson.Write(outcome, DomainJson.Default.OutcomeStation));
                await Memory.CommitAsync(station, writes, reply);
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
            if (outcome.Value is { } changed)
                turn!.Station = changed;
            return outcome;
        },
        requestKey: Scoped(requestKey, "change"), replyType: DomainJson.Default.OutcomeStation);

    public async Task<Outcome<Station>> SetSecret(string secret)
    {
        if (Station.SecretProblem(secret) is { } problem)
            return new Refusal(RefusalKind.Invalid, problem);
        var write = await CredentialWriteAsync(secret);
        _verified = null;
        return await DecideAsync<Outcome<Station>>(
            turn => turn is null ? NotRegistered : turn.Station, beside: outcome => outcome.Value is null ? [] : [write]);
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

        var credential = await store.LoadAsync(CredentialStream);
        _verified = null;
        await Memory.CommitAsync(null, credential is null ? [] : [new StreamWrite(CredentialStream, credential.Version, null)], null);
        return station;
    }

    public async Task<Station?> Get()
    {
        await Memory.LoadAsync();
        return Memory.Station?.AsOf(clock.GetUtcNow());
    }

    public async Task<Admission> Authenticate(string? secret, string protocol, string remoteAddress)
    {
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
        {
            await candidates.NoteAsync(Id, protocol, remoteAddress, clock.GetUtcNow());
            return new(false, $"Station {Id} is not registered.", "Register it with POST /api/v2/stations; it is listed as a candidate.");
        }

        // A native station may post over HTTP what it says over MQTT.
        if (protocol != station.Protocol && !(protocol == "http" && station.Protocol == "mqtt"))
        {
            return new(
                false, $"Station {Id} is registered for {station.Protocol}, not {protocol}.",
                "Change its protocol with PATCH /api/v2/stations/{id}.");
        }

        if (await store.LoadAsync(CredentialStream) is not { } stored)
            return new(false, $"Station {Id} has no secret.", "Set one with PUT /api/v2/stations/{id}/secret.");
        return Matches(secret, DomainJson.Read(stored.Body, DomainJson.Default.Credential))
            ? new(true, "Known station, right secret.")
            : new(false, $"The secret of station {Id} is wrong.", "Give the station the secret it was registered with, or set a new one.");
    }

    public Task Connected(string linkId, string protocol) => DecideAsync(turn =>
    {
        turn.Station = turn.Station with { Connected = true, LinkId = linkId };
        turn.Tell(EventTypes.Connected, turn.Now, StationEvent.Data(("stationId", Id), ("protocol", protocol), ("linkId", linkId)));
        turn.HasUndelivered = true;
    });

    public Task Disconnected(string linkId) => DecideAsync(turn =>
    {
        if (!turn.Station.Connected || turn.Station.LinkId != linkId)
            return;
        turn.Station = turn.Station with { Connected = false, LinkId = null };
        turn.Tell(EventTypes.Disconnected, turn.Now, StationEvent.Data(("stationId", Id), ("linkId", linkId)));
    });

    public Task Booted(string linkId, BootFact fact) => DecideAsync(turn =>
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

    private async ValueTask<StreamWrite> CredentialWriteAsync(string secret)
    {
        var known = await store.LoadAsync(CredentialStream);
        var state = DomainJson.Write(Credential.Of(secret, clock.GetUtcNow()), DomainJson.Default.Credential);
        return new(CredentialStream, known?.Version ?? 0, state);
    }

    private bool Matches(string? secret, Credential credential)
    {
        if (secret is null)
            return false;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(credential.Salt + secret));
        if (_verified is not null && CryptographicOperations.FixedTimeEquals(_verified, digest))
            return true;
        if (!credential.Matches(secret))
            return false;
        _verified = digest;
        return true;
    }
}
