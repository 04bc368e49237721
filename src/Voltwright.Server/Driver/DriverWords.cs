using Voltwright.Payments;
using Voltwright.Server.Console.Layout;
using Voltwright.Sessions;
using Voltwright.Stations;

namespace Voltwright.Server.Driver;

/// <summary>What the driver's page says, in plain words: a headline, and what to do.</summary>
internal static class DriverWords
{
    /// <param name="Tone"><c>good</c>, <c>busy</c>, <c>held</c>, <c>bad</c> or <c>off</c>.</param>
    public sealed record Said(string Tone, string Headline, string? Text = null);

    public static Said Say(DriverView view, Words t, Format f) => view.Moment switch
    {
        Moment.Paying => Paying(view.Hold!, t),
        Moment.Asked when view.Hold is not null => new("held", t["Your payment is there"], t["This takes a few seconds."]),
        Moment.Asked => new("held", t["Your card is being checked"], t["This takes a few seconds."]),
        Moment.Waiting when !view.Station.Connected =>
            new("bad", t["The station is offline"], t["A slot is kept for you. Charging begins as soon as the station can be reached."]),
        Moment.Waiting when view.IsSlow => new("bad", t["The station does not answer"], t["A slot is kept for you, and we go on trying."]),
        Moment.Waiting => Waiting(view, view.Session!, t),
        Moment.Charging when !view.Station.Connected =>
            new("busy", t["Charging"], t["The connection to the station is lost. Charging goes on; what you see is from before."]),
        Moment.Charging when view.Session!.IdleSince is not null => new("held", t["Your car takes no energy"], Idle(view, t, f)),
        Moment.Charging => new("busy", t["Charging"], t["Slot {0}", view.Session!.SlotNumber]),
        Moment.Stopping when view.IsSlow => new(
            "bad", t["The station does not answer"],
            t["It stops as soon as it can be reached. You can also end it with your card at the station, or in your car."]),
        Moment.Stopping => new("held", t["Stopping"], t["The cable is released in a moment."]),
        Moment.Settling => new("held", t["Charging is over"], t["The payment is under way. You can unplug."]),
        Moment.Paid => new("good", t["Charged and paid"], t["Thank you. Please unplug and have a good journey."]),
        Moment.Unpaid when view.Hold is not null => new("bad", t["The payment was refused"], t["You can unplug. Your bank did not pay what it held."]),
        Moment.Unpaid => new("bad", t["The payment was refused"], t["You can unplug. The amount is still open: please ask whoever gave you the card."]),
        Moment.Cancelled => new("off", t["Cancelled"], t["Nothing was charged, and nothing is to pay."]),
        Moment.Refused => Refused(view, t),
        _ => Availability(view, t),
    };

    public static string Problem(DriverProblem problem, Words t) => problem switch
    {
        DriverProblem.NoCard => t["Please enter the number of your card."],
        DriverProblem.CardUnknown => t["This card number is not known here. Please check it."],
        DriverProblem.CardBlocked => t["This card is blocked. Please ask whoever gave it to you."],
        DriverProblem.CardExpired => t["This card has expired. Please ask whoever gave it to you."],
        DriverProblem.CardInUse => t["This card is charging here already. It stops on the phone that started it, or when you hold the card to the station."],
        DriverProblem.TooManyAttempts => t["Too many attempts. Please wait ten minutes, or hold your card to the station."],
        _ => t["This can be stopped on the phone that started it, or by holding the card to the station."],
    };

    public static (string Tone, string Text) Slot(DriverView view, Slot slot, Words t) =>
        view.Station.Status is not StationStatus.Available ? ("off", t["not in service"])
        : slot.Status switch
        {
            SlotStatus.Available => ("good", t["free"]),
            SlotStatus.Leased => ("held", t["kept for somebody"]),
            SlotStatus.Locked or SlotStatus.Charging => ("busy", t["occupied"]),
            SlotStatus.Faulted => ("bad", t["has a fault"]),
            _ => ("off", t["not in service"]),
        };

    private static Said Availability(DriverView view, Words t) => view.Station.Status switch
    {
        StationStatus.Offline => new("off", t["The station is offline"], t["It cannot be reached now, so nothing can be started here."]),
        StationStatus.Faulted => new("bad", t["The station has a fault"], t["Charging is not possible here now. It is known, and being seen to."]),
        StationStatus.OutOfOrder => new("off", t["The station is out of service"], t["Charging is not possible here now."]),
        _ when view.FreeSlots.Count() is > 0 and var free => new("good", free == 1 ? t["One slot is free"] : t["{0} slots are free", free]),
        _ => new("busy", t["No slot is free"], t["This page tells you as soon as one is."]),
    };

    /// <summary>What becomes of the money that is held; null where none is, or was.</summary>
    public static string? Held(DriverView view, Words t, Format f) => view.Hold switch
    {
        { HeldAt: null } or null => null,
        { Status: HoldStatus.Held } hold when view.Moment is not Moment.Refused => t[
            "{0} are held on your card. You pay only what you charge; it ends when that is used up.", f.Money(hold.Amount, hold.Currency)],
        { Status: HoldStatus.Captured or HoldStatus.Capturing, Bill: { } bill, Refunded: 0 } hold =>
            t["{0} are taken from your card; the rest of what was held is given back.", f.Money(bill, hold.Currency)],
        { Status: HoldStatus.Captured, Bill: { } bill } hold => t[
            "{0} were taken from your card, {1} of it was given back.", f.Money(bill, hold.Currency), f.Money(hold.Refunded, hold.Currency)],
        _ => t["Nothing was taken from your card. What was held is given back; banks show that within a few days."],
    };

    private static Said Waiting(DriverView view, Session session, Words t)
    {
        if (view.Station.FindSlot(session.SlotNumber) is { CablePlugged: true })
            return new("busy", t["Charging begins"], t["Slot {0}: the cable is plugged in.", session.SlotNumber]);
        var minutes = session.LeaseExpiresAt is { } until ? (int)Math.Max(Math.Ceiling((until - view.Now).TotalMinutes), 1) : 1;
        return new("good", t["Plug in at slot {0}", session.SlotNumber], minutes == 1
            ? t["It is kept for you for one more minute."] : t["It is kept for you for {0} minutes.", minutes]);
    }

    private static string Idle(DriverView view, Words t, Format f) => view.Tariff.IdlePerMinute > 0
        ? t["It may be full. Each minute that it stays plugged in costs {0}.", f.Money(view.Tariff.IdlePerMinute, view.Tariff.Currency)]
        : t["It may be full, or it waits."];

    private static Said Paying(Hold hold, Words t) => hold switch
    {
        { Checkout: null } => new("held", t["The payment is being prepared"], t["This takes a few seconds."]),
        { Declined: true } => new("bad", t["Your bank refused the payment"], t["Nothing is held. You can go on with another card, or cancel."]),
        _ => new("held", t["Not paid yet"], t["Charging starts as soon as you have paid. Go on with it, or cancel."]),
    };

    private static Said Refused(DriverView view, Words t) => view switch
    {
        { Hold: { Status: HoldStatus.Lapsed, Reason: not null } } => new(
            "bad", t["Paying is not possible at the moment"], t["Nothing was started, and nothing is to pay. Please try again, or use a charging card."]),
        { Hold: { Status: HoldStatus.Lapsed } } => new("off", t["Not paid"], t["Nothing was started, and nothing was taken. You can begin again."]),
        { Station.Status: not StationStatus.Available } => Availability(view, t),
        { Session: not null, Tap.Fault: null } => new("off", t["Nobody plugged in"], t["The slot was given back, and nothing is to pay. You can begin again."]),
        { Tap.Fault: null } when !view.FreeSlots.Any() => new("bad", t["No slot is free"], t["Nothing was started. This page tells you as soon as one is."]),
        _ => new(
            "bad", view.Tap.Fault is 503 or 504 ? t["The station did not answer"] : t["It could not be started"],
            t["Nothing was started, and nothing is to pay. Please try again, or use another station."]),
    };
}
