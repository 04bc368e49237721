using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Sets one control of the grid connection. OCPP 2.1 part 2, block R.</summary>
public sealed record SetDERControlRequest : Extensible, IOcppRequest<SetDERControlResponse>
{
    public required bool IsDefault { get; init; }
    [Text(36)] public required string ControlId { get; init; }
    public required DERControl ControlType { get; init; }
    public DERCurve? Curve { get; init; }
    public EnterService? EnterService { get; init; }
    public FixedPF? FixedPFAbsorb { get; init; }
    public FixedPF? FixedPFInject { get; init; }
    public FixedVar? FixedVar { get; init; }
    public FreqDroop? FreqDroop { get; init; }
    public Gradient? Gradient { get; init; }
    public LimitMaxDischarge? LimitMaxDischarge { get; init; }
}

/// <summary>Answers <see cref="SetDERControlRequest"/>.</summary>
public sealed record SetDERControlResponse : Extensible
{
    public required DERControlStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Items(1, 24), Text(36)] public IReadOnlyList<string>? SupersededIds { get; init; }
}
