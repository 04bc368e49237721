using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for, or clears, what the station keeps about a customer. OCPP 2.0.1 part 2, block N.</summary>
public sealed record CustomerInformationRequest : Extensible, IOcppRequest<CustomerInformationResponse>
{
    public CertificateHashData? CustomerCertificate { get; init; }
    public IdToken? IdToken { get; init; }
    [AtLeast(0, Only21 = true)] public required int RequestId { get; init; }
    public required bool Report { get; init; }
    public required bool Clear { get; init; }
    [Text(64)] public string? CustomerIdentifier { get; init; }
}

/// <summary>Answers <see cref="CustomerInformationRequest"/>.</summary>
public sealed record CustomerInformationResponse : Extensible
{
    public required CustomerInformationStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum CustomerInformationStatus
{
    Accepted,
    Rejected,
    Invalid,
}
