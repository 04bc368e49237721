using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Removes controls of the grid connection. OCPP 2.1 part 2, block R.</summary>
public sealed record ClearDERControlRequest : Extensible, IOcppRequest<ClearDERControlResponse>
{
    public required bool IsDefault { get; init; }
    public DERControl? ControlType { get; init; }
    [Text(36)] public string? ControlId { get; init; }
}

/// <summary>Answers <see cref="ClearDERControlRequest"/>.</summary>
public sealed record ClearDERControlResponse : Extensible
{
    public required DERControlStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
