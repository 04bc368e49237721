using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>One transaction at one EVSE. The station makes its id, and counts its messages.</summary>
sealed class Ocpp2Transaction(string id, long meterStartWh, DateTimeOffset startedAt, Vehicle vehicle)
{
    int _seqNo = -1;

    public string Id => id;

    /// <summary>Null until a card is presented.</summary>
    public string? CardId { get; set; }

    public int? RemoteStartId { get; set; }

    public DateTimeOffset StartedAt { get; } = startedAt;

    public ChargingProcess Process { get; } = new(vehicle, meterStartWh);

    public DateTimeOffset LastAdvance { get; set; } = startedAt;

    public CancellationTokenSource Ended { get; } = new();

    public ChargingState ChargingState { get; set; } = ChargingState.EVConnected;

    public int NextSeqNo() => Interlocked.Increment(ref _seqNo);

    public MeterValue Sample(DateTimeOffset at, ReadingContext context) => new()
    {
        Timestamp = at,
        SampledValue =
        [
            Value(Process.MeterWh, Measurand.EnergyActiveImportRegister, "Wh", context),
            Value(Process.PowerW, Measurand.PowerActiveImport, "W", context),
            Value(Process.SocPercent, Measurand.SoC, "Percent", context),
        ],
    };

    public static SampledValue Value(long value, Measurand measurand, string unit, ReadingContext context) => new()
    {
        Value = value,
        Context = context,
        Measurand = measurand,
        UnitOfMeasure = new UnitOfMeasure { Unit = unit },
        Location = measurand == Measurand.SoC ? Location.EV : Location.Outlet,
    };
}
