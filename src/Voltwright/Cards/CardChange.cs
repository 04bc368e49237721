namespace Voltwright.Cards;

/// <summary>Null keeps what is.</summary>
/// <param name="AccountId">Empty gives the card an account of its own.</param>
/// <param name="GroupId">Empty takes the card out of its group.</param>
[GenerateSerializer, Immutable]
public sealed record CardChange(CardStatus? Status, string? AccountId, string? Label, string? GroupId = null);
