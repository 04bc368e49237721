using System.Globalization;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Events;

/// <summary>What an event says, in plain words.</summary>
public static class EventWords
{
    /// <summary>The newest of them, where of readings that follow each other at a slot one is enough.</summary>
    public static IReadOnlyList<StoredEvent> Folded(IReadOnlyList<StoredEvent> newestFirst, int most)
    {
        var kept = new List<StoredEvent>();
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in newestFirst)
        {
            if (e.Envelope["type"] != EventTypes.MeterValues)
                read.Clear();
            else if (!read.Add($"{e.Envelope["subject"]} {e.Envelope["data"]["slotNumber"]}"))
                continue;
            kept.Add(e);
            if (kept.Count == most)
                break;
        }

        return kept;
    }

    public static DateTimeOffset? TimeOf(JsonValue envelope) => Voltwright.Stations.StationEvent.TimeOf(envelope);

    public static string Tell(JsonValue envelope, Words t, Format f)
    {
        var data = envelope["data"];
        var type = Text(envelope["type"]);
        return type switch
        {
            EventTypes.CardScanned => t["Card {0} was shown", Text(data["cardId"])] + At(data, t),
            EventTypes.CardRefused => t["Card {0} was turned away", Text(data["cardId"])] + Because(data["decision"]),
            EventTypes.Faulted => t["Fault {0}", Text(data["error"]["code"])] + At(data, t) + Because(data["error"]["info"]),
            EventTypes.Recovered => t["Fault {0} is gone", Text(data["error"]["code"])] + At(data, t),
            EventTypes.SlotStatus => t["Slot {0} says: {1}", Text(data["slotNumber"]), t[Text(data["status"])]],
            EventTypes.ChargingStarted => t["Charging began"] + At(data, t),
            EventTypes.MeterValues => t["Meter: {0}", Readings(data, f)] + At(data, t),
            EventTypes.ChargingStopped => t["Charging stopped"] + At(data, t) + Because(data["reason"]),
            EventTypes.Booted => t["The station started up"],
            EventTypes.Connected => t["The station connected"],
            EventTypes.Disconnected => t["The station went away"],
            EventTypes.SiteChanged when data["siteId"].IsNull => t["The station was taken out of its site"],
            EventTypes.SiteChanged => t["The station was put at site {0}", Text(data["siteId"])],
            EventTypes.DoorOpened => t["A door was opened"],
            EventTypes.NotifiedSessionStarted => t["The driver was told: session started"],
            EventTypes.NotifiedSessionEnded => t["The driver was told: session ended"],
            EventTypes.NotifiedOutOfOrder => t["Told to be out of order"] + At(data, t),
            EventTypes.SessionLeased => t["Slot {0} is kept for card {1}", Text(data["slotNumber"]), Text(data["cardId"])],
            EventTypes.SessionStarted => t["The station was asked to start"] + At(data, t),
            EventTypes.SessionCharging => t["The session charges"] + At(data, t),
            EventTypes.SessionEnded => t["The session ended with {0}", data["energyWh"].TryGetInt64(out var wh) ? f.Energy(wh) : "–"],
            EventTypes.PaymentHeld => t["A driver paid: {0} are held", Price(data, f)],
            EventTypes.PaymentReleased => t["{0} that were held are given back", Price(data, f)] + Because(data["reason"]),
            EventTypes.PaymentRefunded => t["Of {0} that were paid, some is given back", Price(data, f)],
            EventTypes.SessionPaid => t["The session is paid: {0}", Price(data["payment"], f)],
            EventTypes.SessionUnpaid => t["The payment was refused: {0}", Price(data["payment"], f)],
            EventTypes.SessionExpired => t["Nobody plugged in; the slot is free again"],
            _ => type,
        };
    }

    /// <summary>As people read it: text bare, the rest as JSON.</summary>
    public static string Text(JsonValue value) => value.TryGetString(out var text) ? text : value.IsNull ? "–" : $"{value}";

    private static string At(JsonValue data, Words t) =>
        data["slotNumber"].TryGetInt64(out var slot) ? string.Create(CultureInfo.InvariantCulture, $", {t["slot"]} {slot}") : "";

    private static string Because(JsonValue reason) => reason.TryGetString(out var text) && text.Length > 0 ? $": {text}" : "";

    private static string Readings(JsonValue data, Format f)
    {
        List<string> readings = [];
        if (data["powerW"].TryGetInt64(out var power))
            readings.Add(f.Power(power));
        if (data["energyWh"].TryGetInt64(out var energy))
            readings.Add(f.Energy(energy));
        return readings.Count > 0 ? string.Join(", ", readings) : "–";
    }

    private static string Price(JsonValue price, Format f) =>
        price["amount"].TryGetInt64(out var amount) && price["currency"].TryGetString(out var currency) ? f.Money(amount, currency) : "–";
}
