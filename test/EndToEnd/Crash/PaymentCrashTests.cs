using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Simulator;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Crash;

/// <summary>
/// The server is killed at random instants while drivers pay on their phones, charge and stop: nothing is taken twice, what is taken is what
/// was billed, and no hold is forgotten.
/// </summary>
public sealed class PaymentCrashTests(ITestOutputHelper output)
{
    private const int Stations = 3;
    private const string StationSecret = "crash-test-secret-0123456789";
    private const long MeterStartWh = 1_000_000;
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(240);

    [Fact]
    public async Task Server_KilledWhileDriversPay_TakesEachBillOnceAndGivesTheRestBack()
    {
        var plan = new KillPlan(kills: 6, atMost: TimeSpan.FromSeconds(60));
        output.WriteLine($"VOLTWRIGHT_SEED={plan.Seed}");
        using var folder = new TemporaryFolder();
        await using var stripe = await FakeStripe.StartAsync();
        var (key, secret) = (Path.Combine(folder.Path, "key"), Path.Combine(folder.Path, "secret"));
        await File.WriteAllTextAsync(key, FakeStripe.Key);
        await File.WriteAllTextAsync(secret, FakeStripe.Secret);
        using var server = new ServerProcess(
            Path.Combine(folder.Path, "data"), "--payments-stripe-key-file", key, "--payments-stripe-webhook-secret-file", secret,
            "--payments-stripe-api", stripe.Address.ToString(), "--payments-hold", "3000");
        await server.StartAsync();
        using var api = new SupplierClient(server.Address);
        await api.SendAsync(HttpMethod.Put, "/api/v2/tariffs/default", new { currency = "EUR", perKwh = 49, perMinute = 3, sessionFee = 100 });
        var drivers = new List<Payer>();
        for (var i = 0; i < Stations; i++)
            drivers.Add(await NewDriverAsync(server, api, stripe, $"PAY{i}", new Random(plan.Seed + i)));
        try
        {
            using var finish = new CancellationTokenSource();
            var driving = Task.WhenAll(drivers.Select(d => Task.Run(() => d.DriveAsync(finish.Token))));
            await plan.CarryOutAsync(server, longestLifeMs: 3500, () => Task.FromResult(stripe.Checkouts.Any(c => c.Captures.Count > 0)));
            await finish.CancelAsync();
            await driving.WaitAsync(SettlingTime);
            await VerifyAsync(api, stripe, drivers, plan.Done);
        }
        catch (Exception e)
        {
            var holds = string.Join('\n', await api.ListAsync("/api/v2/holds"));
            throw new InvalidOperationException(
                $"VOLTWRIGHT_SEED={plan.Seed}, after {plan.Done} kills: {e.Message}\n{holds}\n{string.Join('\n', drivers)}\n{server.Said}", e);
        }
        finally
        {
            foreach (var driver in drivers)
                await driver.DisposeAsync();
        }

        Assert.DoesNotContain(FakeStripe.Key, server.Said, StringComparison.Ordinal);
    }

    private async Task VerifyAsync(SupplierClient api, FakeStripe stripe, List<Payer> drivers, int kills)
    {
        // What nobody paid for stays open until its page closes; what was paid and led to nothing is given back after two minutes.
        var began = TimeProvider.System.GetTimestamp();
        List<JsonValue> holds;
        while ((holds = await api.ListAsync("/api/v2/holds")).Exists(h => h["status"].AsString() is not ("captured" or "released" or "lapsed")
            && stripe.Checkouts.Any(c => c.Reference == h["id"].AsString() && c.Status == "complete")))
        {
            if (TimeProvider.System.GetElapsedTime(began) > SettlingTime)
                throw new TimeoutException("Some holds are not settled.");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        var sessions = await api.ListAsync("/api/v2/sessions");
        var paid = sessions.FindAll(s => s["status"] == "paid");
        output.WriteLine(
            $"{kills} kills, {stripe.Checkouts.Count} pages, {holds.Count} holds ({string.Join(", ", holds.CountBy(h => h["status"].AsString()))}), "
            + $"{sessions.Count} sessions, {paid.Count} paid");
        Assert.NotEmpty(stripe.Checkouts.SelectMany(c => c.Captures));
        Assert.All(sessions, s => Assert.Contains(s["status"].AsString(), (string[])["paid", "expired"]));
        foreach (var checkout in stripe.Checkouts)
        {
            Assert.NotEqual("requires_capture", checkout.IntentStatus);
            Assert.True(checkout.Captures.Count <= 1, $"{checkout.Id} was captured {checkout.Captures.Count} times");
        }

        foreach (var session in sessions)
        {
            Assert.True(session["price"]["amount"].TryGetInt64(out var price) || session["status"] == "expired", $"{session}");
            var taken = stripe.Checkouts.Where(c => c.Reference == session["cardId"].AsString()).Sum(c => c.Captures.Sum());
            Assert.Equal(price, taken);
        }

        Assert.Equal(sessions.Sum(s => s["price"]["amount"].TryGetInt64(out var amount) ? amount : 0), stripe.Checkouts.Sum(c => c.Captures.Sum()));
        Assert.Equal(drivers.Sum(d => d.DeliveredWh), sessions.Sum(s => s["energyWh"].TryGetInt64(out var wh) ? wh : 0));
    }

    private static async Task<Payer> NewDriverAsync(ServerProcess server, SupplierClient api, FakeStripe stripe, string id, Random random)
    {
        await api.SendAsync(HttpMethod.Post, "/api/v2/stations", new { id, protocol = "ocpp1.6", slots = 1, secret = StationSecret });
        var station = new OcppStation(
            new OcppStationOptions
            {
                Id = id,
                Endpoint = new Uri($"ws://127.0.0.1:{server.HttpPort}/ocpp"),
                Secret = StationSecret,
                Connectors = 1,
                MeterStartWh = MeterStartWh,
                BackOff = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)),
            },
            new SimulationClock(TimeProvider.System, 10));
        await station.StartAsync();
        return new Payer(station, server.Address, stripe, random);
    }

    /// <summary>Does what the page on the phone says, whatever becomes of the server.</summary>
    private sealed class Payer(OcppStation station, Uri server, FakeStripe stripe, Random random) : IAsyncDisposable
    {
        private readonly HttpClient _phone = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = server, Timeout = TimeSpan.FromSeconds(15),
        };

        private string _seen = "";
        private int _address;

        public long DeliveredWh => station.State.Slot(1).MeterWh - MeterStartWh;

        public async Task DriveAsync(CancellationToken finish)
        {
            var path = $"/s/{station.Id}";
            while (true)
            {
                _seen = await AskAsync(new HttpRequestMessage(HttpMethod.Get, path)) ?? "";
                var slot = station.State.Slot(1);
                if (_seen.Contains("/pay/cancel", StringComparison.Ordinal))
                    await PayAsync(path);
                else if (_seen.Contains("Plug in at slot", StringComparison.Ordinal) && !slot.IsPlugged)
                    await station.PlugInAsync(1);
                else if (_seen.Contains("class=\"stop\"", StringComparison.Ordinal))
                    await PostAsync($"{path}/stop", "form-token", after: random.Next(200, 2500));
                else if (IsOver() && slot is { IsPlugged: true, IsLocked: false, Status: not Simulator.State.SlotStatus.Charging })
                    await station.UnplugAsync(1);
                else if (IsOver() && !slot.IsPlugged && finish.IsCancellationRequested)
                    return;
                else if (_seen.Contains("formaction", StringComparison.Ordinal) && !finish.IsCancellationRequested)
                    await PostAsync($"{path}/pay", "attempt");
                else if (IsOver() && !finish.IsCancellationRequested)
                {
                    _seen = await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}?new=1")) ?? "";
                    await PostAsync($"{path}/pay", "attempt");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, CancellationToken.None);
            }
        }

        public override string ToString() => $"{station.Id}: {station.State.Slot(1)}; {Regex.Match(_seen, "headline[^/]*/i>|headline.*").Value}";

        public async ValueTask DisposeAsync()
        {
            _phone.Dispose();
            await station.DisposeAsync();
        }

        /// <summary>Nothing is under way on the phone.</summary>
        private bool IsOver() => _seen.Contains("formaction", StringComparison.Ordinal) || _seen.Contains("?new=1", StringComparison.Ordinal);

        /// <summary>Pays, and comes back to the page, or Stripe tells of it, or neither.</summary>
        private async Task PayAsync(string path)
        {
            var page = await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}/pay"));
            if (stripe.Checkouts.FirstOrDefault(c => page?.Contains(c.Page.ToString(), StringComparison.Ordinal) == true) is not { } checkout)
                return;
            stripe.Pay(checkout);
            var way = random.Next(5);
            if (way < 2)
                await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{path}/paid"));
            else if (way < 4)
                await TryAsync(async () => (await FakeStripe.TellAsync(_phone, checkout)).Dispose());
        }

        private async Task<string?> PostAsync(string path, string field, int after = 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(after), TimeProvider.System, CancellationToken.None);
            var value = Regex.Match(_seen, $"name=\"{field}\" value=\"([^\"]*)\"").Groups[1].Value;
            return await AskAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create(field, value)]),
            });
        }

        private async Task<string?> AskAsync(HttpRequestMessage request)
        {
            // As many addresses as phones: one may try a few times only.
            request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"203.0.{++_address / 250 % 250}.{_address % 250}"));
            string? text = null;
            await TryAsync(async () =>
            {
                using var answer = await _phone.SendAsync(request);
                text = await answer.Content.ReadAsStringAsync();
            });
            return text;
        }

        private static async Task TryAsync(Func<Task> ask)
        {
            try
            {
                await ask();
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The server is not there, or was away before it answered.
            }
        }
    }
}
