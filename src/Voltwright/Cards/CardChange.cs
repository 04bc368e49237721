namespace Voltwright.Cards;

/// <summary>Null keeps what is.</summary>
/// <param name="GroupId">Empty takes the card out of its group.</param>
[GenerateSerializer, Immutable]
public sealed record CardChange(CardStatus? Status, string? AccountId, string? Label, string? GroupId = null);
