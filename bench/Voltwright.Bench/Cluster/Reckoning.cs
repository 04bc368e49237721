using Voltwright.Jq;

namespace Voltwright.Bench.Cluster;

/// <summary>What the stations did, against what the system holds of it.</summary>
public sealed record Reckoning(int Expected, long DeliveredWh, IReadOnlyList<JsonValue> Sessions, IReadOnlyList<JsonValue> Payments)
{
    public long BilledWh => Sessions.Sum(s => Number(s["energyWh"]));

    /// <summary>Everything that is not as it must be; empty when the books are right.</summary>
    public IReadOnlyList<string> Problems => [.. Find()];

    private IEnumerable<string> Find()
    {
        if (Sessions.Count != Expected)
            yield return $"{Expected} sessions began at stations, {Sessions.Count} are known.";
        if (Payments.Count != Expected)
            yield return $"{Expected} sessions were to be paid, {Payments.Count} payments were taken.";
        if (BilledWh != DeliveredWh)
            yield return $"{DeliveredWh} Wh were delivered, {BilledWh} Wh billed.";
        var payments = Payments.ToLookup(p => $"{p["sessionId"]}", p => Number(p["amount"]));
        foreach (var session in Sessions)
        {
            var paid = payments[$"{session["id"]}"].ToList();
            if (paid.Count != 1)
                yield return $"{session["id"]} was paid {paid.Count} times; it is {session["status"]}.";
            else if (paid[0] != Number(session["price"]["amount"]))
                yield return $"{session["id"]} costs {session["price"]["amount"]}, paid were {paid[0]}.";
        }
    }

    private static long Number(JsonValue value) => value.TryGetInt64(out var number) ? number : 0;
}
