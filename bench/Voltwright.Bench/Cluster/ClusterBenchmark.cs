using System.Globalization;

namespace Voltwright.Bench.Cluster;

/// <summary>
/// Three nodes, stations in session: one node is killed, then another. Needs a PostgreSQL server to make a database on, named by
/// VOLTWRIGHT_POSTGRES, and nobody else on this machine.
/// </summary>
internal static class ClusterBenchmark
{
    private const int Nodes = 3;

    /// <summary>Within that time after a kill a command reaches 99 of 100 stations again.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private static int Stations => int.TryParse(
        Environment.GetEnvironmentVariable("VOLTWRIGHT_STATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1000;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        if (ScratchDatabase.FindServer(report) is not { } server)
            return;

        await using var database = await ScratchDatabase.CreateAsync(server, cancellation);
        await using var cluster = await ClusterUnderTest.StartAsync(Environment.ProcessPath!, database.ConnectionString, Nodes);
        await using var crowd = new ChargingCrowd(cluster, Stations);
        await crowd.BeginAsync();
        var calm = await crowd.CommandAllAsync();
        report.Add($"a command to each of {Stations} stations, calm: the last of 99 %", At(calm, 99), "s");
        for (var i = 0; i < 2; i++)
        {
            await cluster.Nodes[i].KillAsync();
            var reached = await crowd.CommandAllAsync();
            report.Add(
                $"kill -9 of node {i + 1}: a command reached 99 % of the stations after", At(reached, 99), "s",
                target: new(Within.TotalSeconds), lessIsBetter: true);
            await cluster.Nodes[i].StartAsync();
        }

        var reckoning = await crowd.EndAsync();
        report.Add("sessions lost, doubled or billed wrongly", reckoning.Problems.Count, "sessions", target: new(0), lessIsBetter: true);
        foreach (var problem in reckoning.Problems.Take(20))
            report.Remark(problem);
    }

    private static double At(List<TimeSpan> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)].TotalSeconds;
}
