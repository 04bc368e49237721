using System.Globalization;

namespace Voltwright.EndToEnd.Crash;

/// <summary>How often and when the server is killed. <c>VOLTWRIGHT_KILLS=300</c> kills it that often, however long it takes.</summary>
internal sealed class KillPlan(int kills, TimeSpan atMost)
{
    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("VOLTWRIGHT_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : null;

    /// <summary>From <c>VOLTWRIGHT_SEED</c>, to repeat a run of the test.</summary>
    public int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("VOLTWRIGHT_SEED"), out var given) ? given : Random.Shared.Next();

    public int Done { get; private set; }

    public async Task CarryOutAsync(ServerProcess server, int longestLifeMs)
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
    }
}
