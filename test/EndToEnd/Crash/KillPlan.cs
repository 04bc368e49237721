using System.Globalization;

namespace Voltwright.EndToEnd.Crash;

/// <summary>How often and when the server is killed. <c>VOLTWRIGHT_KILLS=300</c> kills it that often, however long it takes.</summary>
internal sealed class KillPlan(int kills, TimeSpan atMost)
{
    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("VOLTWRIGHT_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>From <c>VOLTWRIGHT_SEED</c>, to repeat a run of the test.</summary>
    public int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("VOLTWRIGHT_SEED"), out var given) ? given : Random.Shared.Next();

    public int Done { get; private set; }

    /// <param name="isEnough">Whether there is something to verify; on a slow machine there may be nothing after the last kill.</param>
    public async Task CarryOutAsync(ServerProcess server, int longestLifeMs, Func<Task<bool>>? isEnough = null)
    {
        var random = new Random(Seed);
        var began = TimeProvider.System.GetTimestamp();
        while (Done < (Asked ?? kills) && (Asked is not null || TimeProvider.System.GetElapsedTime(began) < atMost))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, longestLifeMs)), TimeProvider.System);
            await server.KillAsync();
            Done++;
            await server.StartAsync();
        }

        var ended = TimeProvider.System.GetTimestamp();
        while (isEnough is not null && !await isEnough() && TimeProvider.System.GetElapsedTime(ended) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
    }
}
