using System.Collections.Immutable;

namespace Voltwright.Tariffs;

/// <param name="Amount">In minor units, tax included: the sum of the lines.</param>
[GenerateSerializer, Immutable]
public sealed record Price(long Amount, string Currency, ImmutableArray<PriceLine> Lines);

/// <summary>One line of a bill: <paramref name="Amount"/> is quantity × unit price, rounded half away from zero to a minor unit.</summary>
/// <param name="Kind"><c>energy</c>, <c>time</c>, <c>idle</c>, <c>session-fee</c>, <c>minimum</c> or <c>tax</c>.</param>
/// <param name="Unit"><c>kWh</c>, <c>min</c>, <c>session</c> or <c>percent</c>.</param>
[GenerateSerializer, Immutable]
public sealed record PriceLine(string Kind, decimal Quantity, string Unit, decimal UnitPrice, long Amount);
