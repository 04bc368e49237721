using System.Globalization;
using System.Net;
using Voltwright.Bench.Ocpp;

namespace Voltwright.Bench.Cluster;

/// <summary>
/// Durable transaction messages at one, two and three nodes of a cluster. They share this machine, so a node's throughput is what it does
/// with its processor time. Needs a PostgreSQL server to make databases on, named by VOLTWRIGHT_POSTGRES.
/// </summary>
internal static class NodesBenchmark
{
    private const int MostNodes = 3;
    private const int Stations = 192;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        if (ScratchDatabase.FindServer(report) is not { } server)
            return;

        var noWorkflows = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            Baseline? alone = null;
            for (var nodes = 1; nodes <= MostNodes; nodes++)
            {
                await using var database = await ScratchDatabase.CreateAsync(server, cancellation);
                await using var cluster = await ClusterUnderTest.StartAsync(
                    Environment.ProcessPath!, database.ConnectionString, nodes, "--workflows", noWorkflows.FullName);
                var (byClock, byProcessor) = await MeasureAsync(cluster, cancellation);
                var what = nodes == 1 ? "one node" : $"{nodes} nodes";
                report.Add($"durable transaction messages, {what}", byClock, "messages/s");
                report.Add(
                    $"the same by the processor time of {(nodes == 1 ? "that node" : "those nodes")}", byProcessor, "messages/s per core", alone,
                    alone is null ? null : new(0.7, IsRatio: true));
                alone ??= new("one node", byProcessor);
            }
        }
        finally
        {
            noWorkflows.Delete(recursive: true);
        }
    }

    private static async Task<(double ByClock, double ByProcessor)> MeasureAsync(ClusterUnderTest cluster, CancellationToken cancellation)
    {
        var talkers = new List<Talker>();
        var lines = new List<StationLine>();
        try
        {
            for (var i = 0; i < Stations; i++)
            {
                var line = new StationLine(string.Create(CultureInfo.InvariantCulture, $"NODES{i:000}"));
                lines.Add(line);
                await cluster.Api.SendAsync(HttpMethod.Post, "/api/v2/stations", new { id = line.Id, protocol = "ocpp1.6", slots = 1, securityProfile = 0 });
                await line.ConnectAsync(new IPEndPoint(IPAddress.Loopback, cluster.Nodes[i % cluster.Nodes.Count].HttpPort), cancellation);
                await line.CallAsync("BootNotification", """{"chargePointVendor":"Voltwright","chargePointModel":"Bench"}""");
                talkers.Add(new Talker(line));
            }

            await Talker.FlatOutAsync(talkers, t => t.TransactionAsync(), WarmUp);
            var before = Processor(cluster);
            var told = await Talker.FlatOutAsync(talkers, t => t.TransactionAsync(), Each);
            return (told.PerSecond, told.Count / (Processor(cluster) - before).TotalSeconds);
        }
        finally
        {
            foreach (var line in lines)
                line.Dispose();
        }
    }

    private static TimeSpan Processor(ClusterUnderTest cluster) =>
        cluster.Nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.Processor);
}
