using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Chooses the severity up to which events are reported. OCPP 2.0.1 part 2, block N.</summary>
public sealed record SetMonitoringLevelRequest : Extensible, IOcppRequest<SetMonitoringLevelResponse>
{
    [AtLeast(0, Only21 = true)] public required int Severity { get; init; }
}

/// <summary>Answers <see cref="SetMonitoringLevelRequest"/>.</summary>
public sealed record SetMonitoringLevelResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
