namespace Voltwright.Bench.Scale;

/// <summary>
/// All stations of a cell lose their connection in the same second and come back, each with its own growing and random wait;
/// those that find no room are refused and wait longer. Second by second, with a seed.
/// </summary>
public static class ReconnectStorm
{
    private const int FirstWaitSeconds = 10;
    private const int LongestWaitSeconds = 300;
    private const int LongestStormSeconds = 24 * 3600;

    public static StormOutcome Simulate(int stations, double loginsPerSecond, int seed)
    {
        var random = new Random(seed);
        var comers = new Queue<int>[LongestStormSeconds + LongestWaitSeconds + FirstWaitSeconds + 2];
        for (var i = 0; i < stations; i++)
            Come(comers, random.Next(FirstWaitSeconds), FirstWaitSeconds);
        var (back, half, most, refused, room) = (0, 0, 0, 0L, 0.0);
        for (var second = 0; second < LongestStormSeconds; second++)
        {
            room = Math.Min(room + loginsPerSecond, Math.Max(loginsPerSecond, 1));
            while (comers[second] is { Count: > 0 } queue)
            {
                var wait = queue.Dequeue();
                if (room >= 1)
                {
                    (room, back) = (room - 1, back + 1);
                    continue;
                }

                refused++;
                var next = Math.Min(wait * 2, LongestWaitSeconds);
                Come(comers, second + 1 + random.Next(next / 2, next + 1), next);
            }

            half = half == 0 && back * 2 >= stations ? second + 1 : half;
            most = most == 0 && back >= stations * 0.99 ? second + 1 : most;
            if (back == stations)
                return new StormOutcome(half, most, second + 1, refused);
        }

        return new StormOutcome(half, most, LongestStormSeconds, refused);
    }

    private static void Come(Queue<int>[] comers, int second, int wait) => (comers[second] ??= new Queue<int>()).Enqueue(wait);
}

/// <param name="Half">Seconds until half of the stations are back.</param>
/// <param name="Most">Until 99 of 100 are.</param>
/// <param name="Refused">Attempts that found no room.</param>
public sealed record StormOutcome(int Half, int Most, int All, long Refused);
