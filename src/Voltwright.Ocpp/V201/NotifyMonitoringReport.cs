using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A part of the monitors asked for. OCPP 2.0.1 part 2, block N.</summary>
public sealed record NotifyMonitoringReportRequest : Extensible, IOcppRequest<NotifyMonitoringReportResponse>
{
    [Items(1)] public IReadOnlyList<MonitoringData>? Monitor { get; init; }
    public required int RequestId { get; init; }
    public bool? Tbc { get; init; }
    [AtLeast(0, Only21 = true)] public required int SeqNo { get; init; }
    public required DateTimeOffset GeneratedAt { get; init; }
}

/// <summary>Answers <see cref="NotifyMonitoringReportRequest"/>.</summary>
public sealed record NotifyMonitoringReportResponse : Extensible;
