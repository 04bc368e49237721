using System.Globalization;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Sampled values as integer Wh and W. A sample without measurand is the energy register in Wh (OCPP 1.6 §7.43).</summary>
internal static class Samples
{
    private const decimal MostPlausible = 1_000_000_000_000;

    public static IReadOnlyList<MeterSample> From(IReadOnlyList<MeterValue> values) =>
    [
        .. values.Select(From).Where(sample => sample.EnergyWh is not null || sample.PowerW is not null),
    ];

    private static MeterSample From(MeterValue value) => new(
        value.Timestamp,
        Total(value.SampledValue, Measurand.EnergyActiveImportRegister, least: 0),
        Total(value.SampledValue, Measurand.PowerActiveImport, least: -MostPlausible));

    private static long? Total(IReadOnlyList<SampledValue> values, Measurand wanted, decimal least)
    {
        var read = values
            .Where(v => (v.Measurand ?? Measurand.EnergyActiveImportRegister) == wanted && v.Format != ValueFormat.SignedData
                && v.Location != Location.EV)
            .OrderBy(v => (v.Location ?? Location.Outlet) == Location.Outlet ? 0 : 1)
            .Select(v => (v.Phase, Value: Number(v, least)))
            .Where(v => v.Value is not null)
            .ToList();

        // Without a phase it is the total; a station that tells of phases only has the total in their sum.
        if (read.Find(v => v.Phase is null).Value is { } total)
            return Round(total);
        var phases = read.Where(v => IsSinglePhase(v.Phase)).DistinctBy(v => Line(v.Phase)).ToList();
        return phases.Count > 0 ? Round(phases.Sum(v => v.Value!.Value)) : null;
    }

    private static decimal? Number(SampledValue value, decimal least)
    {
        if (!decimal.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        var inUnits = number * (value.Unit is UnitOfMeasure.KiloWattHour or UnitOfMeasure.KiloWatt ? 1000 : 1);
        return inUnits >= least && inUnits <= MostPlausible ? inUnits : null;
    }

    private static bool IsSinglePhase(Phase? phase) => phase is Phase.L1 or Phase.L2 or Phase.L3 or Phase.L1N or Phase.L2N or Phase.L3N;

    private static int Line(Phase? phase) => phase switch
    {
        Phase.L1 or Phase.L1N => 1,
        Phase.L2 or Phase.L2N => 2,
        _ => 3,
    };

    private static long Round(decimal value) => (long)decimal.Round(value, MidpointRounding.AwayFromZero);
}
