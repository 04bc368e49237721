using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Chooses the set of monitors that is active. OCPP 2.0.1 part 2, block N.</summary>
public sealed record SetMonitoringBaseRequest : Extensible, IOcppRequest<SetMonitoringBaseResponse>
{
    public required MonitoringSet MonitoringBase { get; init; }
}

/// <summary>Answers <see cref="SetMonitoringBaseRequest"/>.</summary>
public sealed record SetMonitoringBaseResponse : Extensible
{
    public required GenericDeviceModelStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum MonitoringSet
{
    All,
    FactoryDefault,
    HardWiredOnly,
}
