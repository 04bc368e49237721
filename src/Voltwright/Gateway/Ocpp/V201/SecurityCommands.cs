using Voltwright.Certificates;
using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Certificates in the words of 2.x.</summary>
internal static class SecurityCommands
{
    private static readonly (string Use, InstallCertificateUse Install, GetCertificateIdUse Listed)[] Uses =
    [
        ("management-system", InstallCertificateUse.CSMSRootCertificate, GetCertificateIdUse.CSMSRootCertificate),
        ("manufacturer", InstallCertificateUse.ManufacturerRootCertificate, GetCertificateIdUse.ManufacturerRootCertificate),
        ("v2g", InstallCertificateUse.V2GRootCertificate, GetCertificateIdUse.V2GRootCertificate),
        ("mobility-operator", InstallCertificateUse.MORootCertificate, GetCertificateIdUse.MORootCertificate),
    ];

    public static Task<CommandOutcome> DeliverAsync(
        this Ocpp2Link link, StationCommand.DeliverCertificate command, CancellationToken cancellation) => link.CallAsync(
        new CertificateSignedRequest
        {
            CertificateChain = command.Chain,
            CertificateType = command.Use == StationCertificate.V2g
                ? CertificateSigningUse.V2GCertificate
                : CertificateSigningUse.ChargingStationCertificate,
            RequestId = command.RequestId,
        },
        r => OcppLink.Judge(r.Status),
        cancellation);

    public static Task<CommandOutcome> InstallAsync(
        this Ocpp2Link link, StationCommand.InstallCertificate command, CancellationToken cancellation)
    {
        foreach (var (use, type, _) in Uses.Where(u => u.Use == command.Use))
        {
            return link.CallAsync(
                new InstallCertificateRequest { CertificateType = type, Certificate = command.Pem },
                r => OcppLink.Judge(r.Status),
                cancellation);
        }

        return NoSuchUse(command.Use);
    }

    public static Task<CommandOutcome> DeleteAsync(
        this Ocpp2Link link, StationCommand.DeleteCertificate command, CancellationToken cancellation) =>
        Enum.TryParse<HashAlgorithm>(command.Hash.HashAlgorithm, out var algorithm)
            ? link.CallAsync(
                new DeleteCertificateRequest
                {
                    CertificateHashData = new CertificateHashData
                    {
                        HashAlgorithm = algorithm,
                        IssuerNameHash = command.Hash.IssuerNameHash,
                        IssuerKeyHash = command.Hash.IssuerKeyHash,
                        SerialNumber = command.Hash.SerialNumber,
                    },
                },
                r => OcppLink.Judge(r.Status),
                cancellation)
            : Task.FromResult<CommandOutcome>(new CommandOutcome.Malformed("hashAlgorithm must be SHA256, SHA384 or SHA512."));

    public static Task<CommandOutcome> ListAsync(
        this Ocpp2Link link, StationCommand.ListCertificates command, CancellationToken cancellation)
    {
        var wanted = Uses.Where(u => u.Use == command.Use).Select(u => u.Listed).ToList();
        if (command.Use is not null && wanted.Count == 0)
            return NoSuchUse(command.Use);
        return link.CallAsync(
            new GetInstalledCertificateIdsRequest { CertificateType = command.Use is null ? null : wanted },
            r => new CommandOutcome.Accepted(JsonObject.Of(
                ("certificates", JsonArray.From((r.CertificateHashDataChain ?? []).Select(Describe))))),
            cancellation);
    }

    private static JsonValue Describe(CertificateHashDataChain chain)
    {
        var hash = chain.CertificateHashData;
        var use = Uses.Where(u => u.Listed == chain.CertificateType).Select(u => u.Use).FirstOrDefault() ?? Words.Of(chain.CertificateType);
        return JsonObject.Of(
            ("use", use), ("hashAlgorithm", hash.HashAlgorithm.ToString()), ("issuerNameHash", hash.IssuerNameHash),
            ("issuerKeyHash", hash.IssuerKeyHash), ("serialNumber", hash.SerialNumber));
    }

    private static Task<CommandOutcome> NoSuchUse(string use) => Task.FromResult<CommandOutcome>(
        new CommandOutcome.Unsupported($"There are no certificates for {use}; there are those for {string.Join(", ", Uses.Select(u => u.Use))}."));
}
