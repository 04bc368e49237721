using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks a swap station to hand a battery out. OCPP 2.1 part 2, block S.</summary>
public sealed record RequestBatterySwapRequest : Extensible, IOcppRequest<RequestBatterySwapResponse>
{
    public required IdToken IdToken { get; init; }
    public required int RequestId { get; init; }
}

/// <summary>Answers <see cref="RequestBatterySwapRequest"/>.</summary>
public sealed record RequestBatterySwapResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
