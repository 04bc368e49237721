using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A part of the device model asked for. OCPP 2.0.1 part 2, block B.</summary>
public sealed record NotifyReportRequest : Extensible, IOcppRequest<NotifyReportResponse>
{
    public required int RequestId { get; init; }
    public required DateTimeOffset GeneratedAt { get; init; }
    [Items(1)] public IReadOnlyList<ReportData>? ReportData { get; init; }
    public bool? Tbc { get; init; }
    [AtLeast(0, Only21 = true)] public required int SeqNo { get; init; }
}

/// <summary>Answers <see cref="NotifyReportRequest"/>.</summary>
public sealed record NotifyReportResponse : Extensible;
