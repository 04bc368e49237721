namespace Voltwright.Ocpp.V21.Types;

/// <summary>Power for a time, seconds.</summary>
public sealed record EVPowerScheduleEntry : Extensible
{
    public required int Duration { get; init; }
    public required decimal Power { get; init; }
}
