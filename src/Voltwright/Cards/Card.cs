using System.Text.Json.Serialization;

namespace Voltwright.Cards;

/// <param name="AccountId">Who pays; null means the card's own postpaid account.</param>
[GenerateSerializer, Immutable]
public sealed partial record Card(string Id, CardStatus Status, string? AccountId = null, string? Label = null)
{
    [JsonIgnore]
    public string PayingAccountId => AccountId ?? $"card:{Id}";
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<CardStatus>))]
public enum CardStatus
{
    Active,
    Blocked,
    Expired,
}
