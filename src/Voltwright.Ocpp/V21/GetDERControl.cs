using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks for controls of the grid connection; they follow as ReportDERControl. OCPP 2.1 part 2, block R.</summary>
public sealed record GetDERControlRequest : Extensible, IOcppRequest<GetDERControlResponse>
{
    public required int RequestId { get; init; }
    public bool? IsDefault { get; init; }
    public DERControl? ControlType { get; init; }
    [Text(36)] public string? ControlId { get; init; }
}

/// <summary>Answers <see cref="GetDERControlRequest"/>.</summary>
public sealed record GetDERControlResponse : Extensible
{
    public required DERControlStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
