namespace Voltwright.Ocpp.V201.Types;

/// <summary>Seconds from a start.</summary>
public sealed record RelativeTimeInterval : Extensible
{
    public required int Start { get; init; }
    public int? Duration { get; init; }
}
