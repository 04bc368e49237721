using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>A part of what the station keeps about a customer. OCPP 2.0.1 part 2, block N.</summary>
public sealed record NotifyCustomerInformationRequest : Extensible, IOcppRequest<NotifyCustomerInformationResponse>
{
    [Text(512)] public required string Data { get; init; }
    public bool? Tbc { get; init; }
    [AtLeast(0, Only21 = true)] public required int SeqNo { get; init; }
    public required DateTimeOffset GeneratedAt { get; init; }
    [AtLeast(0, Only21 = true)] public required int RequestId { get; init; }
}

/// <summary>Answers <see cref="NotifyCustomerInformationRequest"/>.</summary>
public sealed record NotifyCustomerInformationResponse : Extensible;
