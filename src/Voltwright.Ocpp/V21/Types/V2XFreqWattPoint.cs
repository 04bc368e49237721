namespace Voltwright.Ocpp.V21.Types;

/// <summary>Power at a frequency, W at Hz.</summary>
public sealed record V2XFreqWattPoint : Extensible
{
    public required decimal Frequency { get; init; }
    public required decimal Power { get; init; }
}
