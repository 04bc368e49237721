using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for monitors; they follow as NotifyMonitoringReport. OCPP 2.0.1 part 2, block N.</summary>
public sealed record GetMonitoringReportRequest : Extensible, IOcppRequest<GetMonitoringReportResponse>
{
    [Items(1)] public IReadOnlyList<ComponentVariable>? ComponentVariable { get; init; }
    public required int RequestId { get; init; }
    [Items(1, 3)] public IReadOnlyList<MonitoringCriterion>? MonitoringCriteria { get; init; }
}

/// <summary>Answers <see cref="GetMonitoringReportRequest"/>.</summary>
public sealed record GetMonitoringReportResponse : Extensible
{
    public required GenericDeviceModelStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum MonitoringCriterion
{
    ThresholdMonitoring,
    DeltaMonitoring,
    PeriodicMonitoring,
}
