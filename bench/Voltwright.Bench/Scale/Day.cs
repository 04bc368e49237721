namespace Voltwright.Bench.Scale;

/// <summary>A day, minute by minute: when drivers come, and what the busiest minute has over the mean.</summary>
public static class Day
{
    private const int Minutes = 1440;

    /// <summary>Sessions that begin, hour by hour, as parts of the day: a morning at work, an evening at home.</summary>
    private static readonly double[] Hours =
        [1.1, 0.8, 0.6, 0.5, 0.6, 1.2, 2.6, 4.9, 6.2, 5.6, 4.6, 4.3, 4.6, 4.7, 4.6, 4.9, 5.8, 7.6, 8.4, 7.4, 6.0, 4.9, 3.8, 2.3];

    /// <summary>The busiest minute over the mean one, with the chance of single arrivals; the seed makes it the same every time.</summary>
    public static double PeakOverMean(double sessionsPerDay, int seed)
    {
        var random = new Random(seed);
        var total = Hours.Sum();
        var most = Enumerable.Range(0, Minutes).Max(minute => Arrivals(sessionsPerDay * PartOf(minute) / total / 60, random));
        return most / (sessionsPerDay / Minutes);
    }

    private static double PartOf(int minute)
    {
        // From the middle of one hour to the middle of the next.
        var at = (minute / 60.0) - 0.5 + Hours.Length;
        var (before, after) = (Hours[(int)at % Hours.Length], Hours[((int)at + 1) % Hours.Length]);
        return before + ((after - before) * (at - Math.Floor(at)));
    }

    // Many drivers who know nothing of each other: Poisson, by its normal neighbour when there are enough of them.
    private static double Arrivals(double mean, Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Max(0, mean + (Math.Sqrt(mean) * normal));
    }
}
