using System.Globalization;
using Voltwright.Jq;
using Voltwright.Simulator;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.Bench.Cluster;

/// <summary>Stations in session, a car at each: what they delivered must be what was billed, whatever became of the nodes.</summary>
public sealed class ChargingCrowd(ClusterUnderTest cluster, int size) : IAsyncDisposable
{
    private const string Secret = "cluster-station-secret";
    private const long MeterStartWh = 1_000_000;
    private const int AtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BeforeTheNextTap = TimeSpan.FromSeconds(4);

    private readonly List<OcppStation> _stations = [];

    public IReadOnlyList<OcppStation> Stations => _stations;

    public long DeliveredWh => _stations.Sum(s => s.State.Slot(1).MeterWh - MeterStartWh);

    /// <summary>Registers, connects and lets everyone charge.</summary>
    public async Task BeginAsync()
    {
        await cluster.Api.SendAsync(HttpMethod.Put, "/api/v2/tariffs/default", new { currency = "EUR", perKwh = 49, sessionFee = 100 });
        await EachAsync(Enumerable.Range(0, size), async i =>
        {
            await cluster.Api.SendAsync(HttpMethod.Post, "/api/v2/stations", new { id = IdOf(i), protocol = "ocpp1.6", slots = 1, secret = Secret });
            await cluster.Api.SendAsync(HttpMethod.Post, "/api/v2/cards", new { id = CardOf(i), status = "active" });
        });
        for (var i = 0; i < size; i++)
        {
            _stations.Add(new OcppStation(
                new OcppStationOptions
                {
                    Id = IdOf(i), Endpoint = cluster.Ocpp, Secret = Secret, Connectors = 1, Seed = i, MeterStartWh = MeterStartWh,
                    BackOff = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(800)),
                },
                new SimulationClock(TimeProvider.System, 10)));
        }

        await EachAsync(_stations, StartAsync);
        await EachAsync(Enumerable.Range(0, size), ChargeAsync);
    }

    /// <summary>How long after this call each station carried out a command, sorted.</summary>
    public async Task<List<TimeSpan>> CommandAllAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var reached = new TimeSpan[size];
        await EachAsync(Enumerable.Range(0, size), async i =>
        {
            while (!await CommandAsync(i))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                    throw new TimeoutException($"No command reached {IdOf(i)} within {Patience.TotalSeconds} s.");
                await Task.Delay(TryAgain, TimeProvider.System);
            }

            reached[i] = TimeProvider.System.GetElapsedTime(began);
        });
        return [.. reached.Order()];
    }

    /// <summary>Everyone taps again and leaves; then every session is over and paid, once.</summary>
    public async Task<Reckoning> EndAsync()
    {
        await EachAsync(Enumerable.Range(0, size), EndAsync);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A tap that met the end of its own session leases a slot that nobody plugs in at; it lapses, and is no session that began.
            var sessions = (await cluster.Api.ListAsync("/api/v2/sessions")).Where(s => !s["startedAt"].IsNull).ToList();
            var open = sessions.Count(s => !(s["status"] == "paid"));
            if (open == 0 || TimeProvider.System.GetElapsedTime(began) > Patience)
                return new Reckoning(size, DeliveredWh, sessions, await cluster.Api.ListAsync("/api/v2/payments"));
            await Task.Delay(TryAgain * 5, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_stations.Select(s => s.DisposeAsync().AsTask()));

    private static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"CROWD{i:0000}");

    private static string CardOf(int i) => string.Create(CultureInfo.InvariantCulture, $"crowd-card-{i:0000}");

    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await act(one));

    /// <summary>Nodes that have just begun may take a while to know each other; the station goes on trying meanwhile.</summary>
    private static async Task StartAsync(OcppStation station)
    {
        try
        {
            await station.StartAsync();
        }
        catch (TimeoutException)
        {
            await station.WaitForConnectionAsync(true);
        }
    }

    private async Task ChargeAsync(int i)
    {
        var station = _stations[i];
        var charging = station.State.WaitForSlotAsync(1, "charging", s => s is { Status: SlotStatus.Charging, Session: not null }, Patience);
        await station.TapAsync(CardOf(i), 1);
        await station.PlugInAsync(1);
        await charging;
    }

    private async Task EndAsync(int i)
    {
        var station = _stations[i];
        var over = station.State.WaitForSlotAsync(1, "ended and unlocked", s => s is { Session: null, IsLocked: false }, Patience);
        while (!over.IsCompleted)
        {
            if (station.State.Slot(1).Session is not null)
                await station.TapAsync(CardOf(i), 1);
            await Task.WhenAny(over, Task.Delay(BeforeTheNextTap * 3, TimeProvider.System));
        }

        await over;
        await station.UnplugAsync(1);
    }

    private async Task<bool> CommandAsync(int i)
    {
        try
        {
            var answer = await cluster.Api.SendAsync(
                HttpMethod.Post, $"/api/v2/stations/{IdOf(i)}/commands",
                new { action = "TriggerMessage", payload = new { requestedMessage = "Heartbeat" } });
            return !answer.Equals(JsonValue.Null);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
