using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Voltwright.Cards;

namespace Voltwright.Payments;

/// <summary>
/// An amount held by a payment provider for one charge at one station, and the card of that charge: stream <c>hold/{id}</c>, the id is the
/// card's. It may charge while the amount is held, and its bill is taken out of that.
/// </summary>
/// <remarks>Each state that asks something of the provider is durable before the provider is asked, and has a timer until it has answered.</remarks>
public sealed partial record Hold
{
    public const string Kind = "hold";
    private const string Prefix = "PAY-";
    private const string AccountPrefix = "hold:";

    /// <summary>No letters or digits that are mistaken for each other.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>OCPP 1.6 takes ids of 20 characters: 16 of 32 letters are 80 bits.</summary>
    private const int Length = 16;

    public required string Id { get; init; }

    public HoldStatus Status { get; init; }

    public required string StationId { get; init; }

    /// <summary>The slot that the driver chose; null for any.</summary>
    public int? SlotNumber { get; init; }

    /// <summary>To hold, then held, in minor units: the most that the charge may cost.</summary>
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Until when the driver can pay.</summary>
    public required DateTimeOffset PayableUntil { get; init; }

    /// <summary>The station's page, to which the provider sends the driver back.</summary>
    public required Uri Page { get; init; }

    /// <summary>What the provider calls it by.</summary>
    public string? Reference { get; init; }

    /// <summary>The provider's page.</summary>
    public Uri? Checkout { get; init; }

    /// <summary>The driver's bank refused; another card can still be tried.</summary>
    public bool Declined { get; init; }

    /// <summary>What was paid with, for the driver's eye: <c>visa •••• 4242</c>.</summary>
    public string? Method { get; init; }

    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>When the tap was told that it charges by.</summary>
    public DateTimeOffset? TappedAt { get; init; }

    public string? SessionId { get; init; }

    /// <summary>To be taken, or taken once it is captured, in minor units; null as long as nobody has asked for it.</summary>
    public long? Bill { get; init; }

    /// <summary>The session's station knows what came of the payment.</summary>
    public bool IsTold { get; init; }

    /// <summary>Given back of what was taken, in minor units.</summary>
    public long Refunded { get; init; }

    /// <summary>How much is to be given back in all.</summary>
    public long RefundWanted { get; init; }

    /// <summary>Why nothing is taken; null where that needs no reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Times that the provider, or the station, was asked in vain in this state.</summary>
    public int Tries { get; init; }

    /// <summary>Times that the provider answered with an error of its own: it repeats that answer under the same key.</summary>
    public int Errors { get; init; }

    public DateTimeOffset LookedAt { get; init; }

    [JsonIgnore]
    public string Stream => StreamOf(Id);

    /// <summary>Of the tap that it charges by.</summary>
    [JsonIgnore]
    public string EventId => EventIdOf(Id);

    /// <summary>Nothing will change any more by itself.</summary>
    [JsonIgnore]
    public bool IsOver => Status switch
    {
        HoldStatus.Lapsed => true,
        HoldStatus.Released => Bill is null || IsTold,
        HoldStatus.Captured => IsTold && Refunded == RefundWanted,
        _ => false,
    };

    /// <summary>What came of the bill; null where there is none, or it is not decided.</summary>
    [JsonIgnore]
    public PaymentStatus? Outcome => Bill is null || Status == HoldStatus.Capturing ? null
        : Bill == 0 || Status == HoldStatus.Captured ? PaymentStatus.Taken : PaymentStatus.Refused;

    public static string StreamOf(string id) => $"{Kind}/{id}";

    public static string EventIdOf(string id) => $"hold-{id}";

    /// <summary>The same secret has the same id: a form sent twice is one hold.</summary>
    public static string IdOf(string secret)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"hold {secret}"));
        return Prefix + string.Concat(hash.Take(Length).Select(b => Letters[b % Letters.Length]));
    }

    /// <summary>Whether it is an id of a hold, in any spelling: no other card may have such a one.</summary>
    public static bool IsId(string? cardId) => cardId?.Length == Prefix.Length + Length
        && cardId.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && cardId.AsSpan(Prefix.Length).IndexOfAnyExcept(Letters + Letters.ToLowerInvariant()) < 0;

    /// <summary>The hold that pays as that account; null where it is an account.</summary>
    public static string? IdOfAccount(string accountId) =>
        accountId.StartsWith(AccountPrefix, StringComparison.Ordinal) && accountId[AccountPrefix.Length..] is var id && IsId(id) ? id : null;

    /// <summary>The card that it is: good for as long as the amount is held.</summary>
    public Card ToCard() => new(Id, Status == HoldStatus.Held ? CardStatus.Active : CardStatus.Expired, AccountPrefix + Id, Method);

    /// <summary>What the provider knows a request by: the same for repeats of what was not answered.</summary>
    public string KeyOf(string request) => string.Create(CultureInfo.InvariantCulture, $"{Id}-{request}-{Errors}");

    /// <summary>When to go on with it; null when it is over.</summary>
    public DateTimeOffset? DueAt(DateTimeOffset now) => IsOver ? null
        : Tries > 0 ? now + TimeSpan.FromSeconds(Math.Min(300, 5 << Math.Min(Tries - 1, 6)))
        : Status switch
        {
            // Whoever commits it goes on at once; this is for when that one is gone.
            HoldStatus.Opening or HoldStatus.Capturing or HoldStatus.Captured or HoldStatus.Released => now + TimeSpan.FromSeconds(10),
            HoldStatus.Held when TappedAt is null => now + TimeSpan.FromSeconds(2),
            HoldStatus.Releasing => now + HoldTimes.BeforeRelease,
            HoldStatus.Open when now - OpenedAt < HoldTimes.MostlyPaid => now + HoldTimes.BetweenFirstLooks,
            _ => now + HoldTimes.BetweenLooks,
        };
}
