using Voltwright.Certificates;
using Voltwright.Gateway;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

/// <summary>Certificates of stations, as they were signed here and as they are installed there.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificates(this RouteGroupBuilder api)
    {
        var certificates = api.MapGroup("/certificates").WithTags("Certificates");
        certificates.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<StationCertificate>>()
            .WithSummary("Lists the certificates that stations were given, newest first");
        certificates.MapPost("", SignAsync).Allow(Access.Administer).KeepsToSight().Produces<StationCertificate>(201)
            .WithSummary("Signs a request on behalf of a station; it is delivered when the station listens");
        certificates.MapGet("/{serial}", GetAsync).Allow(Access.Read).OfRecord("certificate", "serial").Produces<StationCertificate>()
            .WithSummary("Shows a certificate");
        certificates.MapPost("/{serial}/revoke", RevokeAsync).Allow(Access.Administer).OfRecord("certificate", "serial").Produces<StationCertificate>()
            .WithSummary("Revokes a certificate; a station connected by it is hung up on");
        api.MapGet("/certificate-authority", RootAsync).WithTags("Certificates").Allow(Access.Read).SameForAllSites().Produces<Authority>()
            .WithSummary("The root that this installation signs with, for stations to install");
        api.MapGet("/certificate-authority/revocations", RevocationsAsync).WithTags("Certificates").Allow(Access.Read).SameForAllSites()
            .Produces<byte[]>(200, "application/pkix-crl").WithSummary("The list of revoked certificates, X.509");

        var station = api.MapGroup("/stations/{stationId}/certificates").WithTags("Certificates").OfStation();
        station.MapGet("", InstalledAsync).Allow(Access.Read).Produces<StationAnswer>().WithSummary("Asks a station which certificates it has");
        station.MapPost("", InstallAsync).Allow(Access.Administer).Produces<StationAnswer>()
            .WithSummary("Installs a root certificate; without one, our own");
        station.MapPost("/removal", RemoveAsync).Allow(Access.Administer).Produces<StationAnswer>().WithSummary("Removes a certificate from a station");
        station.MapPost("/renewal", RenewAsync).Allow(Access.Administer).Produces<StationAnswer>()
            .WithSummary("Has a station make a new key and ask for a certificate");
        api.MapPost("/stations/{stationId}/secret/rotation", RotateAsync).WithTags("Stations").OfStation().Allow(Access.Administer).Produces<StationAnswer>()
            .WithSummary("Gives a connected station a new random secret; the old one is good until the new one is used");
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? status = null, int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "certificate", limit, after, body => DomainJson.Read(body, DomainJson.Default.StationCertificate), cancellation,
            [.. sight.Narrow(stationId), ("status", status)]));

    private static async Task<IResult> SignAsync(
        SigningRequest wanted, Sight sight, CertificateRegister register, UndeliveredWishes wishes, CancellationToken cancellation)
    {
        if (!sight.Sees(wanted.StationId))
            return StationEndpoints.NotFound(wanted.StationId);
        var issued = await register.IssueAsync(wanted.Csr, wanted.StationId, wanted.Use, cancellation: cancellation);
        wishes.Add(wanted.StationId);
        return issued.ToResult(c => TypedResults.Created($"/api/v2/certificates/{c.Serial}", c));
    }

    private static async Task<IResult> GetAsync(string serial, CertificateRegister register, CancellationToken cancellation) =>
        await register.FindAsync(serial, cancellation) is { } certificate ? TypedResults.Ok(certificate) : NotFound(serial);

    private static async Task<IResult> RevokeAsync(string serial, StationSecurity security, CancellationToken cancellation) =>
        await security.RevokeAsync(serial, cancellation) is { } certificate ? TypedResults.Ok(certificate) : NotFound(serial);

    private static async Task<IResult> RootAsync(OwnAuthority authority, CancellationToken cancellation) =>
        TypedResults.Ok(new Authority(await authority.RootPemAsync(cancellation)));

    private static async Task<IResult> RevocationsAsync(OwnAuthority authority, CertificateRegister register, CancellationToken cancellation)
    {
        var revoked = (await register.RevokedAsync(cancellation)).Select(c => (c.Serial, c.RevokedAt ?? c.IssuedAt));
        return TypedResults.Bytes(await authority.RevocationListAsync(revoked, cancellation), "application/pkix-crl");
    }

    private static async Task<IResult> InstalledAsync(string stationId, CommandDesk desk, CancellationToken cancellation, string? use = null) =>
        (await desk.AskAsync(stationId, new StationCommand.ListCertificates(use), cancellation)).ToResult(a => TypedResults.Ok(a));

    private static async Task<IResult> InstallAsync(
        string stationId, Installation wanted, CommandDesk desk, OwnAuthority authority, CancellationToken cancellation)
    {
        var pem = wanted.Certificate ?? await authority.RootPemAsync(cancellation);
        var asked = await desk.AskAsync(stationId, new StationCommand.InstallCertificate(wanted.Use, pem), cancellation);
        return asked.ToResult(a => TypedResults.Ok(a));
    }

    private static async Task<IResult> RemoveAsync(string stationId, CertificateHash wanted, CommandDesk desk, CancellationToken cancellation) =>
        (await desk.AskAsync(stationId, new StationCommand.DeleteCertificate(wanted), cancellation)).ToResult(a => TypedResults.Ok(a));

    private static async Task<IResult> RenewAsync(
        string stationId, StationSecurity security, CancellationToken cancellation, string use = StationCertificate.OfStation) =>
        StationCertificate.Uses.Contains(use)
            ? (await security.RenewCertificateAsync(stationId, use, cancellation)).ToResult(a => TypedResults.Ok(a))
            : (Problem.Invalid($"use must be one of {string.Join(", ", StationCertificate.Uses)}.") with { Field = "use" }).ToResult();

    private static async Task<IResult> RotateAsync(string stationId, StationSecurity security, CancellationToken cancellation) =>
        (await security.RotateSecretAsync(stationId, cancellation)).ToResult(a => TypedResults.Ok(a));

    private static IResult NotFound(string serial) => Problem.NotFound($"There is no certificate '{serial}'.").ToResult();

    /// <param name="Csr">PKCS #10 as PEM, its common name the station's id.</param>
    internal sealed record SigningRequest(string StationId, string Csr, string Use = "station");

    /// <param name="Use"><c>management-system</c>, <c>manufacturer</c>, <c>v2g</c> or <c>mobility-operator</c>.</param>
    /// <param name="Certificate">PEM; absent installs the root of this installation.</param>
    internal sealed record Installation(string Use = "management-system", string? Certificate = null);

    /// <param name="Certificate">PEM.</param>
    internal sealed record Authority(string Certificate);
}
