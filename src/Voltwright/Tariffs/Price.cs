using System.Collections.Immutable;

namespace Voltwright.Tariffs;

/// <param name="Amount">In minor units, tax included: the sum of the lines.</param>
[GenerateSerializer, Immutable]
public sealed record Price(long Amount, string Currency, ImmutableArray<PriceLine> Lines)
{
    /// <summary>No more than that, in minor units; a line says what was let off.</summary>
    public Price Within(long? limit) => limit is { } most && Amount > most
        ? this with { Amount = most, Lines = Lines.Add(new("limit", 1, "session", most - Amount, most - Amount)) }
        : this;
}

/// <summary>One line of a bill: <paramref name="Amount"/> is quantity × unit price, rounded half away from zero to a minor unit.</summary>
/// <param name="Kind"><c>energy</c>, <c>time</c>, <c>idle</c>, <c>session-fee</c>, <c>minimum</c>, <c>tax</c> or <c>limit</c>.</param>
/// <param name="Unit"><c>kWh</c>, <c>min</c>, <c>session</c> or <c>percent</c>.</param>
[GenerateSerializer, Immutable]
public sealed record PriceLine(string Kind, decimal Quantity, string Unit, decimal UnitPrice, long Amount);
