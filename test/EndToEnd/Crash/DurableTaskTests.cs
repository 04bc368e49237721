using System.Globalization;
using System.Net.Http.Json;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Crash;

/// <summary>
/// The server is killed at random instants while runs wait, retry, listen, fork, loop, call, run each other and are started by
/// time: no run is lost or doubled, nothing is paid twice, no event is missed. Prints the counts.
/// </summary>
public sealed class DurableTaskTests(ITestOutputHelper output)
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(60);
    private const int FewestOrders = 20;
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(60);

    [Fact]
    public async Task Server_KilledAtRandomInstants_LosesAndDoublesNothing()
    {
        var plan = new KillPlan(kills: 10, atMost: TimeSpan.FromSeconds(45));
        output.WriteLine($"VOLTWRIGHT_SEED={plan.Seed}");
        using var folder = new TemporaryFolder();
        await using var till = await Till.StartAsync();
        using var server = new ServerProcess(folder.Path, "--map", $"https://till.example={till.Address}");
        await server.StartAsync();
        using var api = new SupplierClient(server.Address);
        foreach (var workflow in DurableWorkflows.All)
            await api.DeployAsync(workflow);
        await api.SendAsync(HttpMethod.Post, "/api/v2/workflows/crash/ledger/runs", new { });
        try
        {
            using var finish = new CancellationTokenSource();
            var ordering = Task.Run(() => OrderAsync(api, finish.Token));
            await plan.CarryOutAsync(server, longestLifeMs: 1200);
            await finish.CancelAsync();
            var placed = await ordering;
            await PublishAsync(api, "closed", "closed", new { closed = true });
            await VerifyAsync(api, till, placed, plan.Done);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"VOLTWRIGHT_SEED={plan.Seed}, after {plan.Done} kills: {e.Message}\n{server.Said}", e);
        }
    }

    /// <summary>Places orders, each again until the server has said that it is taken; returns how many.</summary>
    private static async Task<int> OrderAsync(SupplierClient api, CancellationToken finish)
    {
        var n = 0;
        while (!finish.IsCancellationRequested || n < FewestOrders)
        {
            n++;
            await PublishAsync(api, "order.placed", n.ToString(CultureInfo.InvariantCulture), new { n });
            await Task.Delay(BetweenOrders, TimeProvider.System, CancellationToken.None);
        }

        return n;
    }

    private static async Task PublishAsync(SupplierClient api, string type, string id, object data)
    {
        var envelope = new { specversion = "1.0", id = $"{type}-{id}", source = "/crash-test", type, data };
        using var limit = new CancellationTokenSource(SettlingTime, TimeProvider.System);
        while (!await api.TryPostAsync("/events", JsonContent.Create(envelope, new System.Net.Http.Headers.MediaTypeHeaderValue("application/cloudevents+json"))))
            await Task.Delay(BetweenOrders, TimeProvider.System, limit.Token);
    }

    private async Task VerifyAsync(SupplierClient api, Till till, int placed, int kills)
    {
        var ledger = await EndOfAsync(api, "ledger");
        var orders = await EndOfAsync(api, "order");
        var (ships, notes, confirmations) = (await EndOfAsync(api, "ship"), await EndOfAsync(api, "note"), await EndOfAsync(api, "confirm"));
        var ticks = await EndOfAsync(api, "clock");
        output.WriteLine(
            $"{kills} kills, {placed} orders: {orders.Count} runs, {till.Effects("/pay").Count} payments, {till.Effects("/line").Count} lines, "
            + $"{ships.Count} children awaited, {notes.Count} not awaited, {confirmations.Count} confirmations, {ticks.Count} runs by time; "
            + $"{till.Requests} requests for {Paths.Sum(p => till.Effects(p).Count)} effects");

        Assert.All((List<JsonValue>[])[orders, ships, notes, confirmations], runs => Assert.Equal(placed, runs.Count));
        var all = Enumerable.Range(1, placed).ToArray();
        Assert.Equal(all, Numbers(till.Effects("/pay")));
        Assert.Equal(all, Numbers(till.Effects("/ship")));
        Assert.Equal(all, Numbers(till.Effects("/note")));
        Assert.Equal(all.SelectMany(n => new[] { n, n, n }), Numbers(till.Effects("/line")));
        // Time went on while the runs were counted: there may be newer ones, but none twice.
        var ticked = till.Effects("/tick").Select(t => Text(t["run"])).ToList();
        Assert.Equal(ticked.Count, ticked.Distinct().Count());
        Assert.Empty(ticks.Select(t => Text(t["id"])).Except(ticked));
        var run = await api.GetAsync($"/api/v2/runs/{Text(ledger.Single()["id"])}");
        Assert.Equal(all, run["output"].AsArray().Where(e => !e["n"].IsNull).Select(e => (int)e["n"].AsDouble()));
    }

    private static readonly string[] Paths = ["/pay", "/line", "/ship", "/note", "/tick"];

    /// <summary>All runs of a workflow, when none is open any more; every one must have completed.</summary>
    private static async Task<List<JsonValue>> EndOfAsync(SupplierClient api, string workflow)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var runs = await api.ListAsync($"/api/v2/runs?workflow=crash/{workflow}&limit=1000");
            var open = runs.FindAll(r => Text(r["status"]) is not ("completed" or "faulted" or "cancelled"));
            // Time goes on starting runs: the one that is under way just now may be left out.
            if (workflow == "clock" && open.Count <= 1)
                runs.RemoveAll(open.Contains);
            if (open.Count == 0 || (workflow == "clock" && open.Count <= 1))
            {
                Assert.All(runs, r => Assert.True(Text(r["status"]) == "completed", $"{r}"));
                return runs;
            }

            if (TimeProvider.System.GetElapsedTime(began) > SettlingTime)
                throw new TimeoutException($"{open.Count} of {runs.Count} runs of {workflow} did not end: {await api.GetAsync($"/api/v2/runs/{Text(open[0]["id"])}")}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static int[] Numbers(IEnumerable<JsonValue> bodies) => [.. bodies.Select(b => (int)b["n"].AsDouble()).Order()];

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;
}
