using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Voltwright.Payments;

/// <summary>A driver's or company's money with the operator.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Account
{
    public required string Id { get; init; }

    public AccountKind Kind { get; init; }

    public required string Currency { get; init; }

    /// <summary>In minor units; negative is owed.</summary>
    public long Balance { get; init; }

    /// <summary>How far the balance may fall below zero; null sets no limit. A prepaid account has 0 unless told otherwise.</summary>
    public long? CreditLimit { get; init; }

    public bool Closed { get; init; }

    /// <summary>The newest entries; older ones are in the account's records and payments.</summary>
    public ImmutableArray<AccountEntry> Entries { get; init; } = [];
}

/// <param name="Kind"><c>charge</c> or <c>deposit</c>.</param>
/// <param name="Amount">What it added to the balance.</param>
[GenerateSerializer, Immutable]
public sealed record AccountEntry(
    DateTimeOffset At, string Kind, long Amount, long BalanceAfter, string? PaymentId = null, string? Note = null);

[GenerateSerializer, JsonConverter(typeof(KebabCase<AccountKind>))]
public enum AccountKind
{
    Postpaid,
    Prepaid,
}
