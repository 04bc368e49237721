using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Passes on a signal for automatic frequency restoration. OCPP 2.1 part 2, block Q.</summary>
public sealed record AFRRSignalRequest : Extensible, IOcppRequest<AFRRSignalResponse>
{
    public required DateTimeOffset Timestamp { get; init; }
    public required int Signal { get; init; }
}

/// <summary>Answers <see cref="AFRRSignalRequest"/>.</summary>
public sealed record AFRRSignalResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
