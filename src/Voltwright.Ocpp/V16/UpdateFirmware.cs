using Voltwright.Ocpp.Payloads;

using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks the station to install firmware. OCPP 1.6 §5.19, §6.55–6.56.</summary>
public sealed record UpdateFirmwareRequest : IOcppRequest<UpdateFirmwareResponse>
{
    [Address] public required string Location { get; init; }
    public int? Retries { get; init; }
    public required DateTimeOffset RetrieveDate { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }
}

/// <summary>Answers <see cref="UpdateFirmwareRequest"/>.</summary>
public sealed record UpdateFirmwareResponse;
