namespace Voltwright.Cards;

/// <summary>Null keeps what is.</summary>
[GenerateSerializer, Immutable]
public sealed record CardChange(CardStatus? Status, string? AccountId, string? Label);
