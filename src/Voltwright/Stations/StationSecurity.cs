using Voltwright.Certificates;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Gateway.Ocpp;
using Voltwright.Jq;

namespace Voltwright.Stations;

/// <summary>Secrets and certificates of stations, as far as the station itself has a part in it.</summary>
public sealed class StationSecurity(IGrainFactory grains, CommandDesk desk, CertificateRegister certificates, StationRoutes routes)
{
    /// <summary>Gives the station a new secret. The old one is good until the station has used the new one.</summary>
    public async Task<Outcome<StationAnswer>> RotateSecretAsync(string stationId, CancellationToken cancellation)
    {
        var secret = Credential.NewSecret();
        var offered = await OfferAsync(
            stationId, secret, () => desk.SendAsync(stationId, new StationCommand.ChangeSecret(secret), cancellation), told => told);
        return offered.Match<Outcome<StationAnswer>>(
            told => told is CommandOutcome.Accepted accepted ? new StationAnswer(accepted.Answer) : CommandDesk.RefusalOf(stationId, told),
            refusal => refusal);
    }

    /// <summary>
    /// A command in the station's own protocol. One that gives it a new secret has us know the secret too: nobody else could let it in again.
    /// </summary>
    public async Task<CommandOutcome> SendRawAsync(IStationLink link, string action, JsonValue payload, CancellationToken cancellation)
    {
        Task<CommandOutcome> SendAsync() => link.SendRawAsync(action, payload, cancellation);
        if (RawSecret.In(action, payload) is not { } secret)
            return await SendAsync();
        var offered = await OfferAsync(link.StationId, secret.Value, SendAsync, secret.Judge);
        return offered.Match(told => told, refusal => new CommandOutcome.Malformed(refusal.Detail));
    }

    private async Task<Outcome<CommandOutcome>> OfferAsync(
        string stationId, string secret, Func<Task<CommandOutcome>> send, Func<CommandOutcome, CommandOutcome> judge)
    {
        var station = grains.Find<IStationGrain>(stationId);
        if ((await station.OfferSecret(secret)).Refusal is { } refusal)
            return refusal;
        var told = await send();

        // One that gave no answer may have taken it: both secrets stay good.
        if (judge(told) is not (CommandOutcome.Accepted or CommandOutcome.Silent))
            await station.WithdrawSecret();
        return told;
    }

    /// <summary>Has the station make a key and ask for a certificate.</summary>
    public Task<Outcome<StationAnswer>> RenewCertificateAsync(string stationId, string use, CancellationToken cancellation) => desk.AskAsync(
        stationId,
        new StationCommand.Trigger(
            use == StationCertificate.V2g ? StationCommand.Trigger.V2gCertificateRequest : StationCommand.Trigger.CertificateRequest, null),
        cancellation);

    /// <summary>Brings a station the certificates that were signed for it.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        foreach (var use in StationCertificate.Uses)
        {
            if (await certificates.NewestAsync(stationId, use, cancellation) is not { Status: CertificateStatus.Issued } certificate)
                continue;
            var told = await desk.SendAsync(
                stationId, new StationCommand.DeliverCertificate(certificate.Chain, use, certificate.RequestId), cancellation);
            if (told is not (CommandOutcome.Offline or CommandOutcome.Silent))
                await certificates.DeliveredAsync(certificate.Serial, told is CommandOutcome.Accepted ? null : CommandDesk.Reason(told), cancellation);
        }
    }

    /// <summary>The certificate is good no longer; a station that is connected by it has to come again.</summary>
    public async Task<StationCertificate?> RevokeAsync(string serial, CancellationToken cancellation)
    {
        var revoked = await certificates.RevokeAsync(serial, cancellation);
        if (revoked is not null && await routes.FindAsync(revoked.StationId) is { } link
            && await grains.Find<IStationGrain>(revoked.StationId).Get() is { SecurityProfile: 3 })
            await link.CloseAsync("The certificate of this station was revoked.");
        return revoked;
    }
}
