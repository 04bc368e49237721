using System.Diagnostics;
using Voltwright.Bench.Serving;

namespace Voltwright.Bench.Ocpp;

/// <summary>What those who behave notice of those who do not.</summary>
internal static partial class OcppBenchmark
{
    private const string Mute = "MUTE";
    private const int Commands = 60;
    private const int Rounds = 10;
    private const int Storms = 10;
    private const int BackGoalMs = 5_000;

    // Others may wait a fifth longer.
    private const double UndisturbedGoal = 1 / 1.2;

    // By then the commands are in line, and what is measured is that they wait.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    /// <summary>Heartbeats of the others, in turns without and with commands that wait for a station which answers none of them.</summary>
    private static async Task MuteAsync(
        Report report, ServerProcess server, List<Talker> talkers, TimeSpan each, CancellationToken cancellation)
    {
        await RegisterAsync(server, Mute, cancellation);
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            using var mute = new StationLine(Mute) { IsMute = true };
            await BootAsync(server, mute, cancellation);
            alone.Add(await HeartbeatsAsync());
            var waiting = Enumerable.Range(0, Commands).Select(_ => CommandAsync(server, mute.Id, cancellation)).ToList();
            await Task.Delay(Settled, TimeProvider.System, cancellation);
            beside.Add(await HeartbeatsAsync());

            // They end with the line; those that found no room ended at once.
            mute.Dispose();
            await Task.WhenAll(waiting);
        }

        report.Add(
            $"heartbeats at {HeartbeatGoal / 10}/s beside a mute station with {Commands} commands waiting: 99 % within", Median(beside), "ms",
            new Baseline("without them", Median(alone)), new(UndisturbedGoal, IsRatio: true), lessIsBetter: true);

        async Task<double> HeartbeatsAsync() =>
            (await PacedAsync(talkers, t => t.HeartbeatAsync(), HeartbeatGoal / 10, each / Rounds, cancellation)).Percentile(0.99);
    }

    /// <summary>Lines cut all at once, and back at once without any back-off: the longest until the last of them has booted.</summary>
    private static async Task StormAsync(Report report, ServerProcess server, Memory<StationLine> lines, CancellationToken cancellation)
    {
        var longest = TimeSpan.Zero;
        for (var storm = 0; storm < Storms; storm++)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, lines.Length).Select(async i =>
            {
                lines.Span[i].Dispose();
                var line = lines.Span[i] = new StationLine(lines.Span[i].Id);
                await BootAsync(server, line, cancellation);
            }));
            longest = Stopwatch.GetElapsedTime(began) is var took && took > longest ? took : longest;
        }

        report.Add(
            $"{lines.Length} stations back at once, the longest of {Storms} times", longest.TotalMilliseconds, "ms", null, new(BackGoalMs),
            lessIsBetter: true);
    }

    private static async Task CommandAsync(ServerProcess server, string station, CancellationToken cancellation)
    {
        using var command = new StringContent(
            """{"action":"TriggerMessage","payload":{"requestedMessage":"Heartbeat"}}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(new Uri($"/api/v2/stations/{station}/commands", UriKind.Relative), command, cancellation);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
