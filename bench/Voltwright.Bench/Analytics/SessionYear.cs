using System.Globalization;
using Voltwright.Analytics;

namespace Voltwright.Bench.Analytics;

/// <summary>Sessions of many stations, one after the other in time, the same each time.</summary>
internal sealed class SessionYear(long number, DateTimeOffset start, DateTimeOffset end)
{
    public const int Stations = 5000;
    private const int Seed = 20250101;
    private static readonly string[] Ids = [.. Enumerable.Range(0, Stations).Select(i => i.ToString("'CP-'00000", CultureInfo.InvariantCulture))];
    private static readonly string[] Tariffs = ["default", "night", "fleet"];

    public long Made { get; private set; }

    /// <summary>In minor units.</summary>
    public long Paid { get; private set; }

    public IReadOnlyCollection<SeenStation> Seen() => [.. Ids.Select(id => new SeenStation(id, start, 2, null))];

    public IEnumerable<SessionFact> Sessions()
    {
        var random = new Random(Seed);
        var step = (end - start) / number;
        for (; Made < number; Made++)
        {
            var ended = DateTimeOffset.FromUnixTimeSeconds((start + (Made * step)).ToUnixTimeSeconds());
            var (minutes, energyWh) = (random.Next(10, 90), random.Next(2_000, 60_000));
            var billed = 100 + (energyWh * 49 / 1000);
            var paid = random.Next(100) == 0 ? 0 : billed;
            Paid += paid;
            var began = ended.AddMinutes(-minutes);
            yield return new SessionFact(
                string.Create(CultureInfo.InvariantCulture, $"session-{start.Year}-{Made:000000000}"), Ids[random.Next(Stations)], random.Next(1, 3), "CARD",
                Tariffs[random.Next(Tariffs.Length)], paid == 0 ? "unpaid" : "paid", began.AddSeconds(-random.Next(5, 60)), began, ended, energyWh,
                random.Next(0, 600), "EUR", billed, paid, "Local");
        }
    }
}
