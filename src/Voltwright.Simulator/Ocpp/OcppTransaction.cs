using System.Globalization;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Ocpp;

/// <summary>One transaction at one connector.</summary>
sealed class OcppTransaction(string idTag, long meterStartWh, DateTimeOffset startedAt, Vehicle vehicle)
{
    readonly List<MeterValue> _samples = [];

    public string IdTag => idTag;

    public int MeterStartWh { get; } = (int)meterStartWh;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public ChargingProcess Process { get; } = new(vehicle, meterStartWh);

    /// <summary>Given by the management system; null until it answered.</summary>
    public int? Id { get; set; }

    public DateTimeOffset LastAdvance { get; set; } = startedAt;

    public CancellationTokenSource Ended { get; } = new();

    /// <summary>Samples of begin and end, for StopTransaction.</summary>
    public IReadOnlyList<MeterValue> Samples => _samples;

    public MeterValue Sample(DateTimeOffset at, ReadingContext context)
    {
        var sample = new MeterValue
        {
            Timestamp = at,
            SampledValue =
            [
                Value(Process.MeterWh, Measurand.EnergyActiveImportRegister, UnitOfMeasure.WattHour, context),
                Value(Process.PowerW, Measurand.PowerActiveImport, UnitOfMeasure.Watt, context),
                Value(Process.SocPercent, Measurand.SoC, UnitOfMeasure.Percent, context),
            ],
        };
        if (context != ReadingContext.SamplePeriodic) _samples.Add(sample);
        return sample;
    }

    static SampledValue Value(long value, Measurand measurand, UnitOfMeasure unit, ReadingContext context) => new()
    {
        Value = value.ToString(CultureInfo.InvariantCulture),
        Context = context,
        Measurand = measurand,
        Unit = unit,
        Location = measurand == Measurand.SoC ? Location.EV : Location.Outlet,
    };
}
