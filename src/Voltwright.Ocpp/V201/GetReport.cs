using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for a part of the device model; it follows as NotifyReport. OCPP 2.0.1 part 2, block B.</summary>
public sealed record GetReportRequest : Extensible, IOcppRequest<GetReportResponse>
{
    [Items(1)] public IReadOnlyList<ComponentVariable>? ComponentVariable { get; init; }
    public required int RequestId { get; init; }
    [Items(1, 4)] public IReadOnlyList<ComponentCriterion>? ComponentCriteria { get; init; }
}

/// <summary>Answers <see cref="GetReportRequest"/>.</summary>
public sealed record GetReportResponse : Extensible
{
    public required GenericDeviceModelStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ComponentCriterion
{
    Active,
    Available,
    Enabled,
    Problem,
}
