using System.Globalization;
using System.Text.Json.Nodes;
using Voltwright.Simulator;
using Voltwright.Simulator.State;

namespace Voltwright.Cli.Demo;

/// <summary>The five paths of the use case, each checked against what must come of it.</summary>
internal sealed class Play(Stage stage, Teller teller, TimeProvider time)
{
    private const string Workflow = "managing-ev-charging-stations";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task FirstScanAsync()
    {
        teller.Chapter("1. First scan: Anna taps at the harbour (OCPP 1.6J)");
        await StartAsync(stage.Ocpp, Stage.Anna, slot: 1, "blue");
        await stage.Ocpp.WaitForEnergyAsync(1, 6_000);
        teller.Say($"The car draws {stage.Ocpp.State.Slot(1).PowerW / 1000m:0.0} kW.");
    }

    public async Task SecondScanAsync()
    {
        teller.Chapter("2. Second scan: Anna taps again");
        await EndAsync(stage.Ocpp, Stage.Anna, slot: 1);
    }

    public async Task NoSlotAsync()
    {
        teller.Chapter("3. No slot: Ben charges at the kiosk (MQTT), then Carla taps");
        await StartAsync(stage.Native, Stage.Ben, slot: 1, "blue");
        var red = stage.Native.WaitForLedColorAsync("main", "red");
        var tapped = time.GetTimestamp();
        await stage.Native.TapAsync(Stage.Carla);
        var led = await red;
        Expect(led.Action == "flicker", $"the main LED should flicker, it is {led.Action}");
        teller.Say($"Carla taps: the only slot is taken, the main LED flickers red after {Since(tapped)}.");
        var sessions = await stage.Api.GetAsync($"api/v2/sessions?cardId={Stage.Carla}");
        Expect(Items(sessions).Count == 0, "Carla must not have a session");
        await stage.Native.WaitForEnergyAsync(1, 1_000);
        await EndAsync(stage.Native, Stage.Ben, slot: 1);
    }

    public async Task FaultAsync()
    {
        teller.Chapter("4. Fault: the harbour's second slot reports a ground failure");
        var red = stage.Ocpp.WaitForLedColorAsync("main", "red");
        var struck = time.GetTimestamp();
        await stage.Ocpp.FaultAsync(2, "GroundFailure", "leakage current 34 mA");
        await red;
        teller.Say($"The main LED turns red after {Since(struck)}.");
        var tickets = await stage.Api.UntilAsync("api/v2/tickets?stationId=harbour", "a ticket", t => Items(t).Count > 0, time, Patience);
        Expect(Items(tickets).Count == 1, "there must be one ticket");
        teller.Say($"Support has ticket {Items(tickets)[0]!["id"]}: {Items(tickets)[0]!["code"]}.");
        await stage.Api.UntilAsync(
            "api/v2/stations/harbour", "slot 2 out of order", s => (string?)s["slots"]![1]!["status"] == "out-of-order", time, Patience);
        teller.Done("Slot 2 is out of order; slot 1 still serves.");
    }

    public async Task UnsupportedEventAsync()
    {
        teller.Chapter("5. Unsupported event: somebody opens the kiosk's door");
        await stage.Native.OpenDoorAsync();
        var faulted = await stage.Api.UntilAsync(
            $"api/v2/runs?workflow={Workflow}&status=faulted", "a run that says so", r => Items(r).Count > 0, time, Patience);
        var error = Items(faulted)[0]!["error"]!;
        Expect((string?)error["title"] == "Unsupported Event", $"the run should say 'Unsupported Event', it says {error.ToJsonString()}");
        teller.Done($"The run ended as it must: {error["title"]} – {error["detail"]}");
    }

    /// <summary>Every session is paid, payments equal prices, and no run failed but the one that had to.</summary>
    public async Task ReconcileAsync()
    {
        var sessions = Items(await stage.Api.GetAsync("api/v2/sessions"));
        var payments = Items(await stage.Api.GetAsync("api/v2/payments"));
        var priced = sessions.Sum(s => (long)s!["price"]!["amount"]!);
        var paid = payments.Sum(p => (long)p!["amount"]!);
        Expect(sessions.Count == 2 && sessions.All(s => (string?)s!["status"] == "paid"), "both sessions must be paid");
        Expect(payments.Count == 2 && priced == paid, $"two payments must add up to {priced}, they are {payments.Count} and {paid}");
        Expect(Items(await stage.Api.GetAsync("api/v2/runs?status=faulted")).Count == 1, "only the unsupported event's run may fail");
        teller.Chapter("The books");
        teller.Done($"2 sessions, 2 payments, {Teller.Money(paid, "EUR")} charged and {Teller.Money(priced, "EUR")} priced.");
    }

    private async Task StartAsync(VirtualStation station, string card, int slot, string color)
    {
        var lit = station.WaitForLedColorAsync(slot.ToString(CultureInfo.InvariantCulture), color);
        var charging = station.WaitForStatusAsync(slot, SlotStatus.Charging, TimeSpan.FromSeconds(15));
        var tapped = time.GetTimestamp();
        var result = await station.TapAsync(card);
        teller.Say($"{card} taps: {Told(result)} after {Since(tapped)}.");
        await lit;
        teller.Say($"Slot {slot}'s LED turns {color} after {Since(tapped)}.");
        await station.PlugInAsync(slot);
        await charging;
        await stage.Api.UntilAsync(
            $"api/v2/stations/{station.Id}/session/{card}", "the session to charge", s => (string?)s["session"]!["status"] == "charging", time, Patience);
        teller.Done($"Plugged in, locked, charging after {Since(tapped)}.");
    }

    private async Task EndAsync(VirtualStation station, string card, int slot)
    {
        var white = station.WaitForLedColorAsync(slot.ToString(CultureInfo.InvariantCulture), "white");
        var tapped = time.GetTimestamp();
        await station.TapAsync(card);
        await white;
        teller.Say($"{card} taps: slot {slot}'s LED flickers white after {Since(tapped)}.");
        var session = Items(await stage.Api.UntilAsync(
            $"api/v2/sessions?cardId={card}&status=paid", "the session to be paid", s => Items(s).Count == 1, time, Patience))[0]!;
        CheckPrice(session);
        await station.WaitForLockAsync(slot, false);
        Expect(await station.UnplugAsync(slot), "the cable must be released");
        await stage.Api.UntilAsync(
            $"api/v2/stations/{station.Id}", "the slot to be free again",
            s => (string?)s["slots"]![slot - 1]!["status"] == "available", time, Patience);
        teller.Done("Unlocked, unplugged, free again.");
    }

    private void CheckPrice(JsonNode session)
    {
        var energyWh = (long)session["energyWh"]!;
        Expect(energyWh == (long)session["meterStopWh"]! - (long)session["meterStartWh"]!, "the energy must be the difference of the meter's readings");
        foreach (var line in session["price"]!["lines"]!.AsArray())
            teller.Say($"    {Line(line!)}");
        var amount = (long)session["price"]!["amount"]!;
        var net = Math.Round(energyWh * Stage.PerKwhCents / 1000m, MidpointRounding.AwayFromZero) + Stage.SessionFeeCents;
        var gross = net + Math.Round(net * Stage.TaxPercent / 100m, MidpointRounding.AwayFromZero);
        Expect(amount == gross, $"{energyWh} Wh must cost {gross}, the session says {amount}");
        Expect(amount == (long)session["payment"]!["amount"]!, "what was taken must be what it costs");
        teller.Say($"{Teller.Energy(energyWh)} cost {Teller.Money(amount, "EUR")}, taken once from the account.");
    }

    private static string Line(JsonNode line) => string.Create(
        CultureInfo.InvariantCulture, $"{line["kind"],-12} {line["quantity"],8} {line["unit"],-8} {(long)line["amount"]! / 100m,8:0.00}");

    private static string Told(TapResult result) => result switch
    {
        TapResult.Decided(var status) => $"the station is told {status}",
        TapResult.Stopped => "the station stops at once",
        TapResult.Unanswered(var why) => $"no answer ({why})",
        _ => "the station reports it",
    };

    private static JsonArray Items(JsonNode list) => list["items"]!.AsArray();

    private string Since(long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(timestamp).TotalMilliseconds:0.0} ms");

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new DemoFailure(otherwise);
    }
}
