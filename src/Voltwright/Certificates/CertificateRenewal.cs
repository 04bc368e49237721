using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Certificates;

/// <summary>Has stations ask for a new certificate when two thirds of the old one's life are over; each day again until they do.</summary>
public sealed class CertificateRenewal(CertificateRegister certificates, StationSecurity security, TimeProvider clock) : ITimerTarget
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    public string Kind => "certificate";

    public async Task TimerDue(string stream, string name, CancellationToken cancellation)
    {
        var serial = StreamName.IdOf(stream);
        var certificate = await certificates.FindAsync(serial, cancellation);
        var isOver = certificate is null or { Status: not CertificateStatus.Delivered } || certificate.NotAfter < clock.GetUtcNow()
            || (await certificates.NewestAsync(certificate.StationId, certificate.Use, cancellation))?.Serial != certificate.Serial;
        if (!isOver)
            await security.RenewCertificateAsync(certificate!.StationId, certificate.Use, cancellation);
        await certificates.SetRenewalAsync(serial, isOver ? null : clock.GetUtcNow() + Again, cancellation);
    }
}
