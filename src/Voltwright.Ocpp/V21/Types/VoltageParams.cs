namespace Voltwright.Ocpp.V21.Types;

/// <summary>How a curve treats voltage.</summary>
public sealed record VoltageParams : Extensible
{
    public decimal? Hv10MinMeanValue { get; init; }
    public decimal? Hv10MinMeanTripDelay { get; init; }
    public PowerDuringCessation? PowerDuringCessation { get; init; }
}

public enum PowerDuringCessation
{
    Active,
    Reactive,
}
