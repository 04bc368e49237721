using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Passes on a car's request for a contract certificate, and its answer, unread. OCPP 2.0.1 part 2, block M.</summary>
public sealed record Get15118EVCertificateRequest : Extensible, IOcppRequest<Get15118EVCertificateResponse>
{
    [Text(50)] public required string Iso15118SchemaVersion { get; init; }
    public required CertificateAction Action { get; init; }
    [Text(5600, In21 = 11000)] public required string ExiRequest { get; init; }
    [Since21, AtLeast(0)] public int? MaximumContractCertificateChains { get; init; }
    [Since21, Items(1, 8), Text(255)] public IReadOnlyList<string>? PrioritizedEMAIDs { get; init; }
}

/// <summary>Answers <see cref="Get15118EVCertificateRequest"/>.</summary>
public sealed record Get15118EVCertificateResponse : Extensible
{
    public required Iso15118EVCertificateStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Text(5600, In21 = 17000)] public required string ExiResponse { get; init; }
    [Since21, AtLeast(0)] public int? RemainingContracts { get; init; }
}

public enum CertificateAction
{
    Install,
    Update,
}

public enum Iso15118EVCertificateStatus
{
    Accepted,
    Failed,
}
