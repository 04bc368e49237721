namespace Voltwright.Server.Driver;

/// <summary>What one phone began at one station: stream <c>visit/{hash of its token}</c>. Whoever shows the token may see it, and stop it.</summary>
/// <param name="CardId">In the spelling that sessions have; a payment's id where it is paid for on the phone.</param>
/// <param name="EventId">Of the card-scanned event that it began with.</param>
/// <param name="SessionId">What came of it; null as long as nothing has.</param>
/// <param name="StopAskedAt">When stopping was last asked for; null if it never was.</param>
/// <param name="Stops">How often it was.</param>
public sealed record Visit(
    string StationId, string CardId, string EventId, DateTimeOffset At, DateTimeOffset Until, string? SessionId = null,
    DateTimeOffset? StopAskedAt = null, int Stops = 0)
{
    /// <summary>Enough of the card to know it by, too little to use it.</summary>
    public string CardShown => CardId.Length > 4 ? $"•••• {CardId[^4..]}" : "••••";
}
