namespace Voltwright.Stations;

/// <summary>A card that was held to the station, once, however many messages told of it.</summary>
/// <param name="At">By this system's clock.</param>
/// <param name="SaidAt">By the station's clock, where it has one.</param>
/// <param name="Spent">Charging began or stopped on it: what this card starts or stops next is another tap.</param>
/// <param name="Slot">Whose reader it was; null where the station has one reader.</param>
/// <param name="TurnedAway">It was good, and found no free slot; that is told already.</param>
[GenerateSerializer, Immutable]
public sealed record Tap(
    string CardId, DateTimeOffset At, DateTimeOffset SaidAt, string Cause, CardDecision Decision, string? EventId = null,
    bool Spent = false, int? Slot = null, bool TurnedAway = false);
