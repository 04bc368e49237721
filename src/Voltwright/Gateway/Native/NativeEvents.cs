using System.Collections.Frozen;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Gateway.Native;

/// <summary>What native stations say, over MQTT or HTTP, as facts of the domain: one row of the table per event type.</summary>
public sealed class NativeEvents(StationLookup stations, TimeProvider time)
{
    private static readonly string[] Statuses =
        ["available", "preparing", "charging", "suspended", "suspended-by-station", "finishing", "reserved", "unavailable", "faulted"];

    private static readonly FrozenDictionary<string, Reader> Table = new Dictionary<string, Reader>
    {
        [EventTypes.CardScanned] = CardScanned,
        [EventTypes.SlotStatus] = SlotStatus,
        [EventTypes.Faulted] = Faulted,
        [EventTypes.Recovered] = Recovered,
        [EventTypes.ChargingStarted] = ChargingStarted,
        [EventTypes.MeterValues] = MeterValues,
        [EventTypes.ChargingStopped] = ChargingStopped,
        [EventTypes.Booted] = Booted,
        // Whether a station is connected is seen, not told: its last will adds nothing to the lost connection.
        [EventTypes.Connected] = (_, _) => _ => Task.CompletedTask,
        [EventTypes.Disconnected] = (_, _) => _ => Task.CompletedTask,
    }.ToFrozenDictionary();

    /// <summary>Reads the event's data and says what to tell the station's grain, unless a field has a problem.</summary>
    private delegate Func<IStationGrain, Task> Reader(NativeEvent happened, EventFields data);

    /// <summary>
    /// Takes one event of an authenticated station. Returns every problem that kept it from being taken; empty when it was.
    /// </summary>
    public async Task<IReadOnlyList<string>> TakeAsync(string stationId, string linkId, JsonValue envelope)
    {
        var now = time.GetUtcNow();
        if (NativeEvent.Read(stationId, linkId, envelope, now, out var problems) is not { } happened)
            return problems;
        var data = new EventFields(happened.Data, "data.");
        if (data.OptionalTime("at", now) is { } at)
            happened = happened with { At = at };
        var tell = Table.GetValueOrDefault(happened.Type, Other)(happened, data);
        if (data.Problems.Count > 0)
            return data.Problems;
        await tell(stations(stationId));
        return [];
    }

    private static Func<IStationGrain, Task> CardScanned(NativeEvent happened, EventFields data)
    {
        var fact = new CardFact(data.Text("cardId"), data.OptionalSlot(), "reader", false, happened.At, happened.Id);
        return station => station.CardPresented(fact);
    }

    private static Func<IStationGrain, Task> SlotStatus(NativeEvent happened, EventFields data)
    {
        var (code, info, vendorCode) = Error(happened, required: false, data);
        var fact = new SlotStatusFact(
            data.Slot(), data.OneOf("status", Statuses), code, info, vendorCode, happened.At, data.OptionalFlag("locked"), happened.Id);
        return station => station.SlotStatusReported(fact);
    }

    private static Func<IStationGrain, Task> Faulted(NativeEvent happened, EventFields data)
    {
        var (code, info, vendorCode) = Error(happened, required: true, data);
        var fact = new SlotStatusFact(data.OptionalSlot(), "faulted", code, info, vendorCode, happened.At, EventId: happened.Id);
        return station => station.SlotStatusReported(fact);
    }

    private static Func<IStationGrain, Task> Recovered(NativeEvent happened, EventFields data)
    {
        var fact = new SlotStatusFact(data.OptionalSlot(), "available", null, null, null, happened.At, EventId: happened.Id);
        return station => station.SlotStatusReported(fact);
    }

    private static Func<IStationGrain, Task> ChargingStarted(NativeEvent happened, EventFields data)
    {
        // The session it was told is the station's own name for what it does, even if that session has ended here meanwhile.
        var session = data.OptionalText("sessionId");
        var fact = new ChargingStartedFact(
            data.Slot(), data.Text("cardId"), data.Energy("meterStartWh"), happened.At, session, session);
        return station => station.ChargingStarted(fact);
    }

    private static Func<IStationGrain, Task> MeterValues(NativeEvent happened, EventFields data)
    {
        var sample = new MeterSample(happened.At, data.OptionalEnergy("meterWh"), data.OptionalPower("powerW"));
        var fact = new MeterFact(data.Slot(), data.OptionalText("sessionId"), [sample]);
        return station => station.MeterReported(fact);
    }

    private static Func<IStationGrain, Task> ChargingStopped(NativeEvent happened, EventFields data)
    {
        var fact = new ChargingStoppedFact(
            data.OptionalText("sessionId"), data.Slot(), null, data.Energy("meterStopWh"), happened.At, data.OptionalText("reason"),
            data.OptionalText("cardId"));
        return station => station.ChargingStopped(fact);
    }

    private static Func<IStationGrain, Task> Booted(NativeEvent happened, EventFields data)
    {
        var fact = new BootFact(
            data.OptionalText("vendor"), data.OptionalText("model"), data.OptionalText("serial"), data.OptionalText("firmware"));
        return station => station.Booted(happened.LinkId, fact);
    }

    private static Func<IStationGrain, Task> Other(NativeEvent happened, EventFields data) =>
        station => station.Reported(happened.Id, happened.Type, happened.Data, happened.At);

    private static (string? Code, string? Info, string? VendorCode) Error(NativeEvent happened, bool required, EventFields data)
    {
        var error = happened.Data["error"];
        if (error.IsNull && !required)
            return default;
        if (error["code"].TryGetString(out var code) && code.Length is > 0 and <= 100)
            return (code, Text(error["info"]), Text(error["vendorCode"]));
        data.Refuse("error", "an object with a code");
        return default;
    }

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;
}
