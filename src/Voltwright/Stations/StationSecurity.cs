using Voltwright.Certificates;
using Voltwright.Cluster;
using Voltwright.Gateway;

namespace Voltwright.Stations;

/// <summary>Secrets and certificates of stations, as far as the station itself has a part in it.</summary>
public sealed class StationSecurity(IGrainFactory grains, CommandDesk desk, CertificateRegister certificates, StationRoutes routes)
{
    /// <summary>Gives the station a new secret. The old one is good until the station has used the new one.</summary>
    public async Task<Outcome<StationAnswer>> RotateSecretAsync(string stationId, CancellationToken cancellation)
    {
        var secret = Credential.NewSecret();
        var station = grains.GetGrain<IStationGrain>(stationId);
        if ((await station.OfferSecret(secret)).Refusal is { } refusal)
            return refusal;
        var told = await desk.SendAsync(stationId, new StationCommand.ChangeSecret(secret), cancellation);
        if (told is CommandOutcome.Accepted accepted)
            return new StationAnswer(accepted.Answer);

        // One that gave no answer may have taken it: both secrets stay good.
        if (told is not CommandOutcome.Silent)
            await station.WithdrawSecret();
        return CommandDesk.RefusalOf(stationId, told);
    }

    /// <summary>Has the station make a key and ask for a certificate.</summary>
    public Task<Outcome<StationAnswer>> RenewCertificateAsync(string stationId, CancellationToken cancellation) =>
        desk.AskAsync(stationId, new StationCommand.Trigger(StationCommand.Trigger.CertificateRequest, null), cancellation);

    /// <summary>Brings a station the certificate that was signed for it.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        if (await certificates.NewestAsync(stationId, cancellation) is not { Status: CertificateStatus.Issued } certificate)
            return;
        var told = await desk.SendAsync(stationId, new StationCommand.DeliverCertificate(certificate.Chain), cancellation);
        if (told is not (CommandOutcome.Offline or CommandOutcome.Silent))
            await certificates.DeliveredAsync(certificate.Serial, told is CommandOutcome.Accepted ? null : CommandDesk.Reason(told), cancellation);
    }

    /// <summary>The certificate is good no longer; a station that is connected by it has to come again.</summary>
    public async Task<StationCertificate?> RevokeAsync(string serial, CancellationToken cancellation)
    {
        var revoked = await certificates.RevokeAsync(serial, cancellation);
        if (revoked is not null && await routes.FindAsync(revoked.StationId) is { } link
            && await grains.GetGrain<IStationGrain>(revoked.StationId).Get() is { SecurityProfile: 3 })
            await link.CloseAsync("The certificate of this station was revoked.");
        return revoked;
    }
}
