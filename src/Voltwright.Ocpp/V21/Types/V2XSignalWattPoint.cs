namespace Voltwright.Ocpp.V21.Types;

/// <summary>Power at a signal, W.</summary>
public sealed record V2XSignalWattPoint : Extensible
{
    public required int Signal { get; init; }
    public required decimal Power { get; init; }
}
