namespace Voltwright.Payments;

/// <param name="Amount">What is held for a charge, in minor units of the tariff's currency.</param>
public sealed record HoldOptions(long Amount = HoldOptions.DefaultAmount)
{
    public const long DefaultAmount = 5000;
}
