using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>What the grid operator set on the station as an energy resource. OCPP 2.1 part 2, block R.</summary>
sealed class DerControls
{
    readonly Lock _lock = new();
    readonly List<SetDERControlRequest> _set = [];

    /// <summary>A newer control of one type takes the place of the older, defaults and others apart.</summary>
    public SetDERControlResponse Set(SetDERControlRequest request)
    {
        lock (_lock)
        {
            var superseded = _set.Where(old => old.ControlType == request.ControlType && old.IsDefault == request.IsDefault).ToList();
            _set.RemoveAll(superseded.Contains);
            _set.Add(request);
            var ids = superseded.Select(old => old.ControlId).Where(id => id != request.ControlId).ToList();
            return new() { Status = DERControlStatus.Accepted, SupersededIds = ids.Count > 0 ? ids : null };
        }
    }

    public ClearDERControlResponse Clear(ClearDERControlRequest request)
    {
        lock (_lock)
        {
            var gone = _set.RemoveAll(set => set.IsDefault == request.IsDefault && Matches(set, request.ControlType, request.ControlId));
            return new() { Status = gone > 0 ? DERControlStatus.Accepted : DERControlStatus.NotFound };
        }
    }

    public IReadOnlyList<SetDERControlRequest> Find(GetDERControlRequest request)
    {
        lock (_lock)
        {
            return
            [
                .. _set.Where(set => (request.IsDefault is not { } isDefault || set.IsDefault == isDefault)
                    && Matches(set, request.ControlType, request.ControlId)),
            ];
        }
    }

    /// <summary>Answers, and reports each control in a message of its own afterwards.</summary>
    public static GetDERControlResponse Get(Ocpp2Station station, GetDERControlRequest request)
    {
        var found = station.DerControls.Find(request);
        if (found.Count == 0) return new() { Status = DERControlStatus.NotFound };
        station.Later(() =>
        {
            foreach (var (set, isLast) in found.Select((set, i) => (set, i == found.Count - 1)))
                station.Send(ReportOf(set) with { RequestId = request.RequestId, Tbc = isLast ? null : true });
        });
        return new() { Status = DERControlStatus.Accepted };
    }

    static ReportDERControlRequest ReportOf(SetDERControlRequest set)
    {
        var (id, isDefault) = (set.ControlId, set.IsDefault);
        return new()
        {
            RequestId = 0,
            Curve = set.Curve is { } curve
                ? [new() { Curve = curve, CurveType = set.ControlType, Id = id, IsDefault = isDefault, IsSuperseded = false }]
                : null,
            EnterService = set.EnterService is { } service ? [new() { EnterService = service, Id = id }] : null,
            FixedPFAbsorb = set.FixedPFAbsorb is { } absorb ? [Fixed(absorb)] : null,
            FixedPFInject = set.FixedPFInject is { } inject ? [Fixed(inject)] : null,
            FixedVar = set.FixedVar is { } reactive ? [new() { FixedVar = reactive, Id = id, IsDefault = isDefault, IsSuperseded = false }] : null,
            FreqDroop = set.FreqDroop is { } droop ? [new() { FreqDroop = droop, Id = id, IsDefault = isDefault, IsSuperseded = false }] : null,
            Gradient = set.Gradient is { } gradient ? [new() { Gradient = gradient, Id = id }] : null,
            LimitMaxDischarge = set.LimitMaxDischarge is { } limit
                ? [new() { LimitMaxDischarge = limit, Id = id, IsDefault = isDefault, IsSuperseded = false }]
                : null,
        };

        FixedPFGet Fixed(FixedPF power) => new() { FixedPF = power, Id = id, IsDefault = isDefault, IsSuperseded = false };
    }

    static bool Matches(SetDERControlRequest set, DERControl? type, string? id) =>
        (type is null || set.ControlType == type) && (id is null || set.ControlId == id);
}
