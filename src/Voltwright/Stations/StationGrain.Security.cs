using System.Security.Cryptography;
using System.Text;
using Voltwright.Certificates;
using Voltwright.Events;
using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>Who is let in, and by what.</summary>
public sealed partial class StationGrain
{
    // Of the secret that was verified last: stations reconnect often, and deriving the hash each time costs milliseconds.
    private byte[]? _verified;

    public async Task<Outcome<Station>> SetSecret(string secret)
    {
        if (Station.SecretProblem(secret) is { } problem)
            return new Refusal(RefusalKind.Invalid, problem);
        var write = (await CredentialAsync()).Write(Credential.Of(secret, clock.GetUtcNow()));
        _verified = null;
        return await DecideAsync<Outcome<Station>>(
            turn => turn is null ? NotRegistered : turn.Station, beside: outcome => outcome.Value is null ? [] : [write]);
    }

    public async Task<Outcome<Station>> OfferSecret(string secret)
    {
        if (Station.SecretProblem(secret) is { } problem)
            return new Refusal(RefusalKind.Invalid, problem);
        var credential = await CredentialAsync();
        var next = Credential.Of(secret, clock.GetUtcNow());
        var write = credential.Write(credential.Known is { } known ? known with { Next = next } : next);
        return await DecideAsync<Outcome<Station>>(
            turn => turn is null ? NotRegistered : turn.Station, beside: outcome => outcome.Value is null ? [] : [write]);
    }

    public async Task WithdrawSecret()
    {
        if (await CredentialAsync() is { Known: { Next: not null } known } credential)
            await store.CommitAsync(new Commit { Writes = [credential.Write(known with { Next = null })] });
    }

    public async Task<Admission> Authenticate(Introduction shown)
    {
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
        {
            await candidates.NoteAsync(Id, shown.Protocol, shown.RemoteAddress, clock.GetUtcNow());
            return new(false, $"Station {Id} is not registered.", "Register it with POST /api/v2/stations; it is listed as a candidate.");
        }

        if (!station.MaySpeak(shown.Protocol))
        {
            return new(
                false, $"Station {Id} is registered for {station.Protocol}, not {shown.Protocol}.",
                "Change its protocol with PATCH /api/v2/stations/{id}.");
        }

        if (station.SecurityProfile >= 2 && !shown.Encrypted)
            return new(false, $"Station {Id} must come over TLS (security profile {station.SecurityProfile}).", "Point it at the wss address.");
        return station.SecurityProfile == 3 ? await AuthenticateByCertificateAsync(shown) : await AuthenticateBySecretAsync(station, shown);
    }

    public async Task<CertificateAnswer> CertificateRequested(string csr, string use, int? requestId)
    {
        await Memory.LoadAsync();
        if (Memory.Station is null)
            return new(false, NotRegistered.Detail);
        var issued = await certificates.IssueAsync(csr, Id, use, requestId);
        await Reported(Guid.NewGuid().ToString(), EventTypes.CertificateRequested, StationEvent.Data(
            ("csr", csr), ("use", use), ("serial", issued.Value?.Serial), ("problem", issued.Refusal?.Detail)), clock.GetUtcNow());
        if (issued.Value is not null)
            wishes.Add(Id);
        return new(issued.Value is not null, issued.Refusal?.Detail);
    }

    private async Task<Admission> AuthenticateByCertificateAsync(Introduction shown) => shown.Certificate is null
        ? new(false, $"Station {Id} must show its certificate (security profile 3).", "Install one: POST /api/v2/stations/{id}/certificates/renewal.")
        : await certificates.ProblemAsync(shown.Certificate, Id) is { } problem
            ? new(false, problem, "Let it have a new certificate, or lower its securityProfile until it has one.")
            : new(true, "Known station, valid certificate.");

    private async Task<Admission> AuthenticateBySecretAsync(Station station, Introduction shown)
    {
        var credential = await CredentialAsync();
        if (station.SecurityProfile == 0 && (shown.Secret is null || credential.Known is null))
            return new(true, "Known station that needs no secret (security profile 0).");
        if (credential.Known is not { } known)
            return new(false, $"Station {Id} has no secret.", "Set one with PUT /api/v2/stations/{id}/secret.");
        if (Matches(shown.Secret, known))
            return new(true, "Known station, right secret.");
        if (shown.Secret is { } secret && known.Next is { } next && next.Matches(secret))
        {
            // It knows the new secret: the old one is over.
            await store.CommitAsync(new Commit { Writes = [credential.Write(next)] });
            _verified = null;
            return new(true, "Known station, new secret.");
        }

        return new(false, $"The secret of station {Id} is wrong.", "Give the station the secret it was registered with, or set a new one.");
    }

    private async ValueTask<KnownCredential> CredentialAsync()
    {
        var stored = await store.LoadAsync($"credential/{Id}");
        return new(Id, stored?.Version ?? 0, stored is null ? null : DomainJson.Read(stored.Body, DomainJson.Default.Credential));
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

    private readonly record struct KnownCredential(string StationId, long Version, Credential? Known)
    {
        public StreamWrite Write(Credential? next) => new(
            $"credential/{StationId}", Version, next is null ? default(ReadOnlyMemory<byte>?) : DomainJson.Write(next, DomainJson.Default.Credential));
    }
}
