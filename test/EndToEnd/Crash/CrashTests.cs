using System.Globalization;
using Voltwright.Jq;
using Voltwright.Simulator;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Crash;

/// <summary>The server is killed at random instants while drivers charge: nothing that happened is lost, nothing is billed twice.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Slots = 2;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(90);
    private static readonly string[] Terminal = ["paid", "unpaid", "expired"];

    [Fact]
    public async Task Server_KilledAtRandomInstants_EndsBillsAndUnlocksEverySessionOnce()
    {
        var plan = new KillPlan(kills: 12, atMost: TimeSpan.FromSeconds(120));
        output.WriteLine($"VOLTWRIGHT_SEED={plan.Seed}");
        using var folder = new TemporaryFolder();
        using var server = new ServerProcess(folder.Path);
        await server.StartAsync();
        using var api = new SupplierClient(server.Address);
        await using var fleet = await Fleet.StartAsync(server, api, plan.Seed);
        try
        {
            using var finish = new CancellationTokenSource();
            var driving = fleet.DriveAsync(finish.Token);
            await plan.CarryOutAsync(server, longestLifeMs: 1500, async () => (await api.ListAsync("/api/v2/sessions?status=paid")).Count > 0);
            await finish.CancelAsync();
            await driving.WaitAsync(SettlingTime);
            await Verify(api, fleet, plan.Done);
        }
        catch (Exception e)
        {
            var seen = await Describe(api, fleet);
            throw new InvalidOperationException($"VOLTWRIGHT_SEED={plan.Seed}, after {plan.Done} kills: {e.Message}\n{seen}\n{server.Said}", e);
        }
    }

    private async Task Verify(SupplierClient api, Fleet fleet, int kills)
    {
        var sessions = await SettleAsync(api, fleet);
        await Until(() => api.ListAsync("/api/v2/runs?status=running"), running => running.Count == 0, "every run ends");
        var charged = sessions.FindAll(s => Text(s["status"]) != "expired");
        var payments = await api.ListAsync("/api/v2/payments");
        var events = await api.ListAsync("/api/v2/events?limit=1000");
        var faulted = await api.ListAsync("/api/v2/runs?status=faulted");
        output.WriteLine($"{faulted.Count} runs faulted: {string.Join("; ", faulted.Select(r => Text(r["error"]["detail"])).Distinct())}");
        foreach (var run in faulted.Where(r => Text(r["error"]["detail"])!.Contains("//", StringComparison.Ordinal)))
            output.WriteLine(Condense(await api.GetAsync($"/api/v2/runs/{Text(run["id"])}")));
        output.WriteLine(
            $"{kills} kills, {sessions.Count} sessions, {charged.Count} charged, {payments.Count} payments, {events.Count} events");

        Assert.NotEmpty(charged);
        foreach (var session in charged)
        {
            var id = Text(session["id"]);
            Assert.Single(payments, p => Text(p["sessionId"]) == id);
            foreach (var type in (string[])["ended", "paid"])
            {
                var told = events.Count(
                    e => Text(e["type"]) == $"com.ev-power-supplier.session.{type}.v1" && Text(e["data"]["sessionId"]) == id);
                Assert.True(told == 1, $"{told} events say '{type}' of session {session}");
            }
        }

        Assert.Equal(payments.Count, payments.Select(p => Text(p["id"])).Distinct().Count());
        Assert.Equal(events.Count, events.Select(e => (Text(e["source"]), Text(e["id"]))).Distinct().Count());
        Assert.Equal(fleet.DeliveredWh, charged.Sum(s => s["energyWh"].TryGetInt64(out var wh) ? wh : 0));
        foreach (var station in fleet.Stations)
        {
            // A driver may still be pulling the cable: the session is over, the slot is told of a moment later.
            await Until(
                async () => [.. (await api.GetAsync($"/api/v2/stations/{station.Id}"))["slots"].AsArray()],
                slots => slots.TrueForAll(s => Text(s["status"]) == "available"), $"every slot of {station.Id} is available");
            Assert.All(Enumerable.Range(1, Slots), slot => Assert.False(station.State.Slot(slot).IsLocked));
        }
    }

    /// <summary>Drivers whose session never began to charge tap again to give it up; everything else ends without them.</summary>
    private static async Task<List<JsonValue>> SettleAsync(SupplierClient api, Fleet fleet)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var sessions = await api.ListAsync("/api/v2/sessions");
            var open = sessions.FindAll(s => !Terminal.Contains(Text(s["status"])));
            if (open.Count == 0)
                return sessions;
            if (TimeProvider.System.GetElapsedTime(began) > SettlingTime)
                throw new TimeoutException($"{open.Count} sessions did not end within {SettlingTime.TotalSeconds} s.");
            foreach (var session in open.Where(s => Text(s["status"]) is "leased" or "started"))
            {
                session["slotNumber"].TryGetInt64(out var slot);
                await fleet.Stations.Single(s => s.Id == Text(session["stationId"])).TapAsync(Text(session["cardId"])!, (int)slot);
            }

            await Task.Delay(Driver.BeforeTheNext, TimeProvider.System);
        }
    }

    private static async Task<List<JsonValue>> Until(Func<Task<List<JsonValue>>> ask, Func<List<JsonValue>, bool> satisfied, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (satisfied(answer))
                return answer;
            if (TimeProvider.System.GetElapsedTime(began) > SettlingTime)
                throw new TimeoutException($"Waited {SettlingTime.TotalSeconds} s until {what}; still: {string.Join('\n', answer)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task<string> Describe(SupplierClient api, Fleet fleet)
    {
        var said = new List<string>();
        foreach (var station in fleet.Stations)
        {
            said.Add($"{station.Id} is {(station.State.IsConnected ? "connected" : "disconnected")}; "
                + string.Join("; ", Enumerable.Range(1, Slots).Select(station.State.Slot)));
        }

        try
        {
            foreach (var station in fleet.Stations)
                said.Add($"{await api.GetAsync($"/api/v2/stations/{station.Id}")}");
            var sessions = await api.ListAsync("/api/v2/sessions");
            said.AddRange(sessions.FindAll(s => !Terminal.Contains(Text(s["status"]))).Select(s => $"open: {s}"));
            var runs = (await api.ListAsync("/api/v2/runs")).FindAll(r => Text(r["status"]) != "completed");
            said.AddRange(runs.Select(r => $"run: {r}"));
            foreach (var run in runs)
                said.Add($"journal of {Text(run["id"])}: {Condense(await api.GetAsync($"/api/v2/runs/{Text(run["id"])}"))}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonFormatException)
        {
            said.Add($"(the server does not say more: {e.Message})");
        }

        return string.Join('\n', said);
    }

    /// <summary>What happened when, without the data.</summary>
    private static string Condense(JsonValue run) => string.Join(
        " | ",
        run["journal"].AsArray().Select(step =>
            $"{Text(step["at"])} {Text(step["on"])}: "
            + string.Join(", ", step["trace"].AsArray().Select(t => $"{Text(t["task"])} {Text(t["event"])} {t["error"]["status"]}"))));

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;

    /// <summary>Two stations of each protocol, with a driver at each slot.</summary>
    private sealed class Fleet(List<VirtualStation> stations, List<Driver> drivers) : IAsyncDisposable
    {
        private const string Secret = "crash-test-secret-0123456789";
        private const long MeterStartWh = 1_000_000;
        private const double Speed = 10;

        public IReadOnlyList<VirtualStation> Stations => stations;

        public long DeliveredWh => stations.Sum(s => Enumerable.Range(1, Slots).Sum(slot => s.State.Slot(slot).MeterWh - MeterStartWh));

        public static async Task<Fleet> StartAsync(ServerProcess server, SupplierClient api, int seed)
        {
            await api.SendAsync(HttpMethod.Put, "/api/v2/tariffs/default", new { currency = "EUR", perKwh = 49, sessionFee = 100 });
            var (stations, drivers) = (new List<VirtualStation>(), new List<Driver>());
            for (var i = 0; i < 4; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"CRASH{i}");
                VirtualStation station = i % 2 == 0 ? Ocpp(id, server, seed) : Mqtt(id, server, seed);
                var protocol = i % 2 == 0 ? "ocpp1.6" : "mqtt";
                await api.SendAsync(HttpMethod.Post, "/api/v2/stations", new { id, protocol, slots = Slots, secret = Secret });
                stations.Add(station);
                for (var slot = 1; slot <= Slots; slot++)
                {
                    await api.SendAsync(HttpMethod.Post, "/api/v2/cards", new { id = $"TAG{i}{slot}", status = "active" });
                    drivers.Add(new Driver(station, slot, $"TAG{i}{slot}", new Random(seed + (10 * i) + slot)));
                }
            }

            await Task.WhenAll(stations.Select(s => s.StartAsync()));
            return new Fleet(stations, drivers);
        }

        public Task DriveAsync(CancellationToken finish) =>
            Task.WhenAll(drivers.Select(d => Task.Run(() => d.ChargeUntilAsync(finish), CancellationToken.None)));

        public async ValueTask DisposeAsync()
        {
            foreach (var station in stations)
                await station.DisposeAsync();
        }

        private static SimulationClock Clock() => new(TimeProvider.System, Speed);

        private static OcppStation Ocpp(string id, ServerProcess server, int seed) => new(
            new OcppStationOptions
            {
                Id = id,
                Endpoint = new Uri($"ws://127.0.0.1:{server.HttpPort}/ocpp"),
                Secret = Secret,
                Connectors = Slots,
                MeterStartWh = MeterStartWh,
                BackOff = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)),
                Seed = seed,
            },
            Clock());

        private static MqttStation Mqtt(string id, ServerProcess server, int seed) => new(
            new MqttStationOptions
            {
                Id = id,
                Host = "127.0.0.1",
                Port = server.MqttPort,
                Secret = Secret,
                Slots = Slots,
                MeterStartWh = MeterStartWh,
                BackOff = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)),
                Seed = seed,
            },
            Clock());
    }
}
