using Voltwright.Jq;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;

namespace Voltwright.Console.Tests.Pages;

/// <summary>Every kind of event, as people read it.</summary>
public sealed class EventWordTests
{
    private const string Station = "com.ev-power-supplier.charging-station.";
    private const string Session = "com.ev-power-supplier.session.";
    private const string Payment = "com.ev-power-supplier.payment.";

    [Theory]
    [InlineData(Station + "card-scanned.v1", """{"cardId":"T1","slotNumber":2}""", "Card T1 was shown, slot 2", "Karte T1 wurde vorgehalten, Platz 2")]
    [InlineData(Station + "card-scanned.v1", """{"cardId":"T1"}""", "Card T1 was shown", "Karte T1 wurde vorgehalten")]
    [InlineData(Station + "card-refused.v1", """{"cardId":"T1"}""", "Card T1 was turned away", "Karte T1 wurde abgewiesen")]
    [InlineData(Station + "faulted.v1", """{"error":{"code":"GroundFailure","info":"34 mA"},"slotNumber":1}""", "Fault GroundFailure, slot 1: 34 mA", "Störung GroundFailure, Platz 1: 34 mA")]
    [InlineData(Station + "recovered.v1", """{"error":{"code":"GroundFailure"}}""", "Fault GroundFailure is gone", "Störung GroundFailure ist behoben")]
    [InlineData(Station + "slot-status.v1", """{"slotNumber":1,"status":"charging"}""", "Slot 1 says: charging", "Platz 1 sagt: lädt")]
    [InlineData(Station + "charging-started.v1", """{"slotNumber":1}""", "Charging began, slot 1", "Laden begann, Platz 1")]
    [InlineData(Station + "meter-values.v1", """{"slotNumber":1,"powerW":10500,"energyWh":1500}""", "Meter: 10.5 kW, 1.50 kWh, slot 1", "Zähler: 10,5 kW, 1,50 kWh, Platz 1")]
    [InlineData(Station + "meter-values.v1", "{}", "Meter: –", "Zähler: –")]
    [InlineData(Station + "charging-stopped.v1", """{"reason":"Local"}""", "Charging stopped: Local", "Laden endete: Local")]
    [InlineData(Station + "booted.v1", "{}", "The station started up", "Die Station startete")]
    [InlineData(Station + "connected.v1", "{}", "The station connected", "Die Station hat sich verbunden")]
    [InlineData(Station + "disconnected.v1", "{}", "The station went away", "Die Station ist weg")]
    [InlineData(Station + "site-changed.v1", """{"siteId":"pier"}""", "The station was put at site pier", "Die Station steht jetzt am Standort pier")]
    [InlineData(Station + "site-changed.v1", "{}", "The station was taken out of its site", "Die Station steht an keinem Standort mehr")]
    [InlineData(Station + "door-opened.v1", "{}", "A door was opened", "Eine Tür wurde geöffnet")]
    [InlineData(Session + "leased.v1", """{"slotNumber":2,"cardId":"T1"}""", "Slot 2 is kept for card T1", "Platz 2 ist für Karte T1 reserviert")]
    [InlineData(Session + "ended.v1", """{"energyWh":12345}""", "The session ended with 12.35 kWh", "Laden beendet mit 12,35 kWh")]
    [InlineData(Session + "ended.v1", "{}", "The session ended with –", "Laden beendet mit –")]
    [InlineData(Session + "paid.v1", """{"payment":{"amount":1950,"currency":"EUR"}}""", "The session is paid: 19.50 EUR", "Bezahlt: 19,50 EUR")]
    [InlineData(Session + "unpaid.v1", """{"payment":{"amount":7,"currency":"JPY"}}""", "The payment was refused: 7 JPY", "Die Zahlung wurde abgelehnt: 7 JPY")]
    [InlineData(Session + "expired.v1", "{}", "Nobody plugged in; the slot is free again", "Niemand steckte an; der Platz ist wieder frei")]
    [InlineData(Station + "card-refused.v1", """{"cardId":"T1","decision":"no-slot"}""", "Card T1 was turned away: no-slot", "Karte T1 wurde abgewiesen: no-slot")]
    [InlineData(Payment + "held.v1", """{"amount":5000,"currency":"EUR"}""", "A driver paid: 50.00 EUR are held", "Ein Fahrer hat bezahlt: 50,00 EUR sind vorgemerkt")]
    [InlineData(Payment + "released.v1", """{"amount":5000,"currency":"EUR","reason":"Why"}""", "50.00 EUR that were held are given back: Why", "50,00 EUR, die vorgemerkt waren, sind freigegeben: Why")]
    [InlineData(Payment + "refunded.v1", """{"amount":700,"currency":"EUR"}""", "Of 7.00 EUR that were paid, some is given back", "Von 7,00 EUR, die bezahlt waren, ist etwas erstattet")]
    [InlineData("org.example.unheard-of", "{}", "org.example.unheard-of", "org.example.unheard-of")]
    public void Event_OfAnyKind_IsToldInWords(string type, string data, string english, string german)
    {
        JsonValue envelope = JsonObject.Of(("type", type), ("data", JsonValue.Parse(data)));
        Assert.Equal(english, EventWords.Tell(envelope, Words.For("en", null), new Format("en")));
        Assert.Equal(german, EventWords.Tell(envelope, Words.For("de", null), new Format("de")));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", true)]
    [InlineData("yesterday", false)]
    public void Time_OfAnEvent_IsReadOrUnknown(string text, bool known) =>
        Assert.Equal(known, EventWords.TimeOf(JsonObject.Of(("time", text))) is not null);

    [Fact]
    public void Readings_InARow_AreToldOnceASlot()
    {
        string[] told = ["meter-values 1", "meter-values 2", "meter-values 1", "booted 1", "meter-values 1", "meter-values 1", "booted 2"];
        var events = told.Select((t, i) => new StoredEvent(100 - i, JsonObject.Of(
            ("type", $"{Station}{t.Split(' ')[0]}.v1"), ("subject", "CP1"), ("data", JsonObject.Of(("slotNumber", t[^1..]))))));

        Assert.Equal([100L, 99, 97, 96], EventWords.Folded([.. events], 4).Select(e => e.Position));
    }
}
