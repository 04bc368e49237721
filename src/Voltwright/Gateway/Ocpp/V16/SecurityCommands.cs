using Voltwright.Jq;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Secrets and certificates in the words of 1.6 and its security whitepaper.</summary>
internal static class SecurityCommands
{
    private static readonly (string Use, CertificateUse Type)[] Uses =
    [
        ("management-system", CertificateUse.CentralSystemRootCertificate),
        ("manufacturer", CertificateUse.ManufacturerRootCertificate),
    ];

    public static Task<CommandOutcome> ChangeSecretAsync(
        this OcppStationLink link, StationCommand.ChangeSecret command, CancellationToken cancellation) => link.CallAsync(
        new ChangeConfigurationRequest { Key = "AuthorizationKey", Value = command.Secret },
        r => r.Status is ConfigurationStatus.Accepted or ConfigurationStatus.RebootRequired
            ? OcppStationLink.Accept(r.Status)
            : OcppStationLink.Judge(r.Status),
        cancellation);

    public static Task<CommandOutcome> DeliverAsync(
        this OcppStationLink link, StationCommand.DeliverCertificate command, CancellationToken cancellation) => link.CallAsync(
        new CertificateSignedRequest { CertificateChain = command.Chain }, r => OcppStationLink.Judge(r.Status), cancellation);

    public static Task<CommandOutcome> InstallAsync(
        this OcppStationLink link, StationCommand.InstallCertificate command, CancellationToken cancellation) =>
        TypeOf(command.Use) is { } type
            ? link.CallAsync(
                new InstallCertificateRequest { CertificateType = type, Certificate = command.Pem }, r => OcppStationLink.Judge(r.Status), cancellation)
            : NoSuchUse(command.Use);

    public static Task<CommandOutcome> DeleteAsync(
        this OcppStationLink link, StationCommand.DeleteCertificate command, CancellationToken cancellation) =>
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
                r => OcppStationLink.Judge(r.Status),
                cancellation)
            : Task.FromResult<CommandOutcome>(new CommandOutcome.Malformed("hashAlgorithm must be SHA256, SHA384 or SHA512."));

    /// <summary>1.6 tells of one use at a time: without one, all are asked for.</summary>
    public static async Task<CommandOutcome> ListAsync(
        this OcppStationLink link, StationCommand.ListCertificates command, CancellationToken cancellation)
    {
        var found = new List<JsonValue>();
        foreach (var (use, type) in Uses.Where(u => command.Use is null || u.Use == command.Use))
        {
            var outcome = await link.CallAsync(
                new GetInstalledCertificateIdsRequest { CertificateType = type },
                r => new CommandOutcome.Accepted(JsonArray.From((r.CertificateHashData ?? []).Select(c => Describe(use, c)))),
                cancellation);
            if (outcome is not CommandOutcome.Accepted accepted)
                return outcome;
            found.AddRange(accepted.Answer.AsArray());
        }

        return new CommandOutcome.Accepted(JsonObject.Of(("certificates", JsonArray.From(found))));
    }

    private static JsonValue Describe(string use, CertificateHashData c) => JsonObject.Of(
        ("use", use), ("hashAlgorithm", c.HashAlgorithm.ToString()), ("issuerNameHash", c.IssuerNameHash),
        ("issuerKeyHash", c.IssuerKeyHash), ("serialNumber", c.SerialNumber));

    private static CertificateUse? TypeOf(string use) => Uses.Where(u => u.Use == use).Select(u => (CertificateUse?)u.Type).FirstOrDefault();

    private static Task<CommandOutcome> NoSuchUse(string use) => Task.FromResult<CommandOutcome>(
        new CommandOutcome.Unsupported($"OCPP 1.6 has no certificates for {use}; it has {string.Join(", ", Uses.Select(u => u.Use))}."));
}
