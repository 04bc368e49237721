using System.Globalization;
using Voltwright.Bench.Cluster;

namespace Voltwright.EndToEnd.Cluster;

/// <summary>
/// Nodes as processes, stations in session. VOLTWRIGHT_STATIONS gives the full size; <c>voltwright bench cluster</c> measures it.
/// </summary>
public sealed class ClusterTests(ClusterFixture fixture, ITestOutputHelper output)
{
    private static int Stations => int.TryParse(
        Environment.GetEnvironmentVariable("VOLTWRIGHT_STATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 12;

    [Fact]
    public async Task Nodes_KilledOneAfterTheOther_LoseNoSessionAndBillEachOnce()
    {
        await using var cluster = await fixture.StartAsync(3);
        await WatchAsync(cluster, async () =>
        {
            await using var crowd = new ChargingCrowd(cluster, Stations);
            await crowd.BeginAsync();

            await cluster.Nodes[0].KillAsync();
            Tell("after the first kill", await crowd.CommandAllAsync());
            Assert.Contains("refuses connections", cluster.Said, StringComparison.Ordinal);
            await cluster.Nodes[1].KillAsync();
            Tell("after the second kill", await crowd.CommandAllAsync());

            Assert.Empty((await crowd.EndAsync()).Problems);
        });
    }

    [Fact]
    public async Task Node_FrozenUntilOthersTookOver_DoublesNothingWhenItWakes()
    {
        await using var cluster = await fixture.StartAsync(3);
        await WatchAsync(cluster, async () =>
        {
            await using var crowd = new ChargingCrowd(cluster, Stations);
            await crowd.BeginAsync();

            // Nobody reaches it, and it believes that all is as it was.
            await cluster.Nodes[0].FreezeAsync();
            cluster.Balancer.Cut(cluster.Nodes[0].Address);
            Tell("while one was frozen", await crowd.CommandAllAsync());
            await cluster.Nodes[0].WakeAsync();
            await crowd.CommandAllAsync();

            Assert.Empty((await crowd.EndAsync()).Problems);
        });
    }

    [Fact]
    public async Task Node_CutOffFromTheOthers_DoublesNothing()
    {
        using var networks = NodeNetworks.Create(3);
        await using var cluster = await fixture.StartAsync(networks.Places);
        await WatchAsync(cluster, async () =>
        {
            await using var crowd = new ChargingCrowd(cluster, Stations);
            await crowd.BeginAsync();

            // It still has its stations, its database and whoever asks it; only its fellows do not hear it, nor it them.
            networks.Cut(0);
            Tell("while one was cut off", await crowd.CommandAllAsync());
            networks.Mend(0);
            await crowd.CommandAllAsync();

            Assert.Empty((await crowd.EndAsync()).Problems);
        });
    }

    [Fact]
    public async Task Postgres_CrashedAndStartedAgain_LosesNothingAndIsBackByItself()
    {
        await using var cluster = await fixture.StartAsync(2);
        await WatchAsync(cluster, async () =>
        {
            await using var crowd = new ChargingCrowd(cluster, Stations);
            await crowd.BeginAsync();

            fixture.Server.Stop("immediate");
            fixture.Server.Start();

            Tell("after the database was back", await crowd.CommandAllAsync());
            Assert.Empty((await crowd.EndAsync()).Problems);
        });
    }

    [Fact]
    public async Task Nodes_StoppedAndStartedInTurnUnderLoad_FailNoRequestBeyondARetry()
    {
        await using var cluster = await fixture.StartAsync(2, "--drain", "3s");
        await WatchAsync(cluster, async () =>
        {
            await using var crowd = new ChargingCrowd(cluster, Stations);
            await crowd.BeginAsync();
            using var stop = new CancellationTokenSource();
            var asking = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => AskAsync(cluster, i, stop.Token))));

            foreach (var node in cluster.Nodes)
            {
                Assert.Equal(0, await node.StopAsync());
                await node.StartAsync();
            }

            await stop.CancelAsync();
            output.WriteLine($"{(await asking).Sum()} requests, {cluster.Api.Retries} made twice");
            await crowd.CommandAllAsync();
            Assert.Empty((await crowd.EndAsync()).Problems);
        });
    }

    /// <summary>Throws when a request fails twice.</summary>
    private static async Task<int> AskAsync(ClusterUnderTest cluster, int asker, CancellationToken stop)
    {
        var asked = 0;
        for (; !stop.IsCancellationRequested; asked++)
        {
            await cluster.Api.SendAsync(HttpMethod.Post, "/api/v2/cards", new { id = $"load-{asker}-{asked}", status = "active" });
            await cluster.Api.SendAsync(HttpMethod.Get, $"/api/v2/cards/load-{asker}-{asked}");
        }

        return asked;
    }

    private static async Task WatchAsync(ClusterUnderTest cluster, Func<Task> test)
    {
        try
        {
            await test();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{cluster.Said}", e);
        }
    }

    private void Tell(string what, List<TimeSpan> reached) => output.WriteLine(
        $"{what}: commands reached half of {reached.Count} stations within {reached[reached.Count / 2].TotalSeconds:0.00} s, the last within {reached[^1].TotalSeconds:0.00} s");
}
