using System.Text.Json.Serialization;

namespace Voltwright.Cards;

/// <param name="Id">As it was spelled when the card was made known; any spelling finds it.</param>
/// <param name="AccountId">Who pays; null means the card's own postpaid account.</param>
/// <param name="GroupId">Cards of one group may end each other's sessions: stations are told so. Null is in none.</param>
[GenerateSerializer, Immutable]
public sealed partial record Card(string Id, CardStatus Status, string? AccountId = null, string? Label = null, string? GroupId = null)
{
    /// <summary>As long as an id may be in OCPP 2.x.</summary>
    private const int LongestGroup = 36;

    [JsonIgnore]
    public string PayingAccountId => AccountId ?? $"card:{Canonical(Id)}";

    /// <summary>How a card is known everywhere but to the eye: readers and stations disagree about capitals, which mean nothing.</summary>
    public static string Canonical(string id) => id.ToUpperInvariant();

    public static string? Problem(string id) => id is "." or ".." || id.Length is < 1 or > 255 || id.Any(c => c is '/' || char.IsControl(c))
        ? "id must have 1 to 255 characters, none of them a slash or invisible."
        : null;

    public static string? GroupProblem(string? groupId) => groupId?.Length > LongestGroup || groupId?.Any(char.IsControl) == true
        ? $"groupId must have {LongestGroup} characters at most, none of them invisible."
        : null;
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<CardStatus>))]
public enum CardStatus
{
    Active,
    Blocked,
    Expired,
}
