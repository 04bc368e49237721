using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Sampled values as integer Wh and W. A sample without measurand is the energy register, without unit in Wh.</summary>
internal static class Samples
{
    private const decimal MostPlausible = 1_000_000_000_000;
    private const int LargestExponent = 15;

    public static IReadOnlyList<MeterSample> From(IReadOnlyList<MeterValue>? values) =>
    [
        .. (values ?? []).Select(From).Where(sample => sample.EnergyWh is not null || sample.PowerW is not null),
    ];

    private static MeterSample From(MeterValue value) => new(
        value.Timestamp,
        Total(value.SampledValue, Measurand.EnergyActiveImportRegister, least: 0),
        Total(value.SampledValue, Measurand.PowerActiveImport, least: -MostPlausible));

    private static long? Total(IReadOnlyList<SampledValue> values, Measurand wanted, decimal least)
    {
        var read = values
            .Where(v => (v.Measurand ?? Measurand.EnergyActiveImportRegister) == wanted && v.Location is not (Location.EV or Location.Upstream))
            .OrderBy(v => (v.Location ?? Location.Outlet) == Location.Outlet ? 0 : 1)
            .Select(v => (v.Phase, Value: Number(v, least)))
            .Where(v => v.Value is not null)
            .ToList();

        // Without a phase it is the total; a station that tells of phases only has the total in their sum.
        if (read.Find(v => v.Phase is null).Value is { } total)
            return Round(total);
        var phases = read.Where(v => LineOf(v.Phase) is not null).DistinctBy(v => LineOf(v.Phase)).ToList();
        return phases.Count > 0 ? Round(phases.Sum(v => v.Value!.Value)) : null;
    }

    private static decimal? Number(SampledValue value, decimal least)
    {
        var exponent = (value.UnitOfMeasure?.Multiplier ?? 0) + (value.UnitOfMeasure?.Unit is "kWh" or "kW" ? 3 : 0);
        if (Math.Abs(exponent) > LargestExponent || Math.Abs(value.Value) > MostPlausible)
            return null;
        var inUnits = value.Value;
        for (; exponent > 0 && Math.Abs(inUnits) <= MostPlausible; exponent--)
            inUnits *= 10;
        for (; exponent < 0; exponent++)
            inUnits /= 10;
        return inUnits >= least && inUnits <= MostPlausible ? inUnits : null;
    }

    private static int? LineOf(Phase? phase) => phase switch
    {
        Phase.L1 or Phase.L1N => 1,
        Phase.L2 or Phase.L2N => 2,
        Phase.L3 or Phase.L3N => 3,
        _ => null,
    };

    private static long Round(decimal value) => (long)decimal.Round(value, MidpointRounding.AwayFromZero);
}
