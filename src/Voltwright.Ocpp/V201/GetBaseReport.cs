using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for a standard report of the device model; it follows as NotifyReport. OCPP 2.0.1 part 2, block B.</summary>
public sealed record GetBaseReportRequest : Extensible, IOcppRequest<GetBaseReportResponse>
{
    public required int RequestId { get; init; }
    public required BaseReport ReportBase { get; init; }
}

/// <summary>Answers <see cref="GetBaseReportRequest"/>.</summary>
public sealed record GetBaseReportResponse : Extensible
{
    public required GenericDeviceModelStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum BaseReport
{
    ConfigurationInventory,
    FullInventory,
    SummaryInventory,
}
