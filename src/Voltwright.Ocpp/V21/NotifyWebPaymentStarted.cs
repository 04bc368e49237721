using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21;

/// <summary>A driver is paying on a web page; the station keeps the EVSE meanwhile. OCPP 2.1 part 2, block I.</summary>
public sealed record NotifyWebPaymentStartedRequest : Extensible, IOcppRequest<NotifyWebPaymentStartedResponse>
{
    [AtLeast(0)] public required int EvseId { get; init; }
    public required int Timeout { get; init; }
}

/// <summary>Answers <see cref="NotifyWebPaymentStartedRequest"/>.</summary>
public sealed record NotifyWebPaymentStartedResponse : Extensible;
