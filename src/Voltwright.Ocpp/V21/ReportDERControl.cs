using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>A part of the controls asked for. OCPP 2.1 part 2, block R.</summary>
public sealed record ReportDERControlRequest : Extensible, IOcppRequest<ReportDERControlResponse>
{
    [Items(1, 24)] public IReadOnlyList<DERCurveGet>? Curve { get; init; }
    [Items(1, 24)] public IReadOnlyList<EnterServiceGet>? EnterService { get; init; }
    [Items(1, 24)] public IReadOnlyList<FixedPFGet>? FixedPFAbsorb { get; init; }
    [Items(1, 24)] public IReadOnlyList<FixedPFGet>? FixedPFInject { get; init; }
    [Items(1, 24)] public IReadOnlyList<FixedVarGet>? FixedVar { get; init; }
    [Items(1, 24)] public IReadOnlyList<FreqDroopGet>? FreqDroop { get; init; }
    [Items(1, 24)] public IReadOnlyList<GradientGet>? Gradient { get; init; }
    [Items(1, 24)] public IReadOnlyList<LimitMaxDischargeGet>? LimitMaxDischarge { get; init; }
    public required int RequestId { get; init; }
    public bool? Tbc { get; init; }
}

/// <summary>Answers <see cref="ReportDERControlRequest"/>.</summary>
public sealed record ReportDERControlResponse : Extensible;
