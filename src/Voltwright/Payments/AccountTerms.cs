namespace Voltwright.Payments;

/// <param name="CreditLimit">Null: none for postpaid, 0 for prepaid.</param>
[GenerateSerializer, Immutable]
public sealed record AccountTerms(AccountKind Kind, string Currency, long? CreditLimit = null, bool Closed = false);
