using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks whether a VAT number is valid. OCPP 2.1 part 2, block I.</summary>
public sealed record VatNumberValidationRequest : Extensible, IOcppRequest<VatNumberValidationResponse>
{
    [Text(20)] public required string VatNumber { get; init; }
    [AtLeast(0)] public int? EvseId { get; init; }
}

/// <summary>Answers <see cref="VatNumberValidationRequest"/>.</summary>
public sealed record VatNumberValidationResponse : Extensible
{
    public Address? Company { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Text(20)] public required string VatNumber { get; init; }
    [AtLeast(0)] public int? EvseId { get; init; }
    public required GenericStatus Status { get; init; }
}
