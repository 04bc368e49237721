namespace Voltwright.Stations;

/// <summary>The stream <c>counter/transactions</c>: numbers below <paramref name="Next"/> were given to some process.</summary>
public sealed record NumberBlock(int Next);
