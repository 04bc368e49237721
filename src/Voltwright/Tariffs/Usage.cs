namespace Voltwright.Tariffs;

/// <summary>What a session used. Seconds of charging and of idling are disjoint.</summary>
public sealed record Usage(bool ChargingBegan, long EnergyWh, long ChargingSeconds, long IdleSeconds);
