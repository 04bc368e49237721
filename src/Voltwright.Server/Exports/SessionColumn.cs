using Voltwright.Analytics;
using Voltwright.Tariffs;

namespace Voltwright.Server.Exports;

/// <summary>One column of an export of sessions. Each kind of value has one type, null where there is none.</summary>
internal abstract record SessionColumn(string Name)
{
    /// <param name="zone">By whose clocks times are told, and days are counted.</param>
    public static IReadOnlyList<SessionColumn> In(TimeZoneInfo zone) =>
    [
        new Text("sessionId", s => s.Id), new Text("stationId", s => s.StationId), new Whole("slotNumber", s => s.SlotNumber),
        new Text("cardId", s => s.CardId), new Text("tariffId", s => s.TariffId), new Text("status", s => s.Status),
        new Time("openedAt", s => Local(s.OpenedAt, zone)), new Time("startedAt", s => s.StartedAt is { } start ? Local(start, zone) : null),
        new Time("endedAt", s => Local(s.EndedAt, zone)), new Day("endedOn", s => DateOnly.FromDateTime(Local(s.EndedAt, zone).DateTime)),
        new Text("timeZone", _ => zone.Id),
        new Whole("energyWh", s => s.EnergyWh), new Whole("seconds", s => s.Seconds), new Whole("idleSeconds", s => s.IdleSeconds),
        new Whole("waitSeconds", s => s.WaitSeconds), new Text("currency", s => s.Currency),
        new Money("billed", s => Amount(s.Billed, s.Currency)), new Money("paid", s => Amount(s.Paid, s.Currency)),
        new Text("stopReason", s => s.StopReason),
    ];

    private static DateTimeOffset Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>In the currency's own unit, exact, with as many decimals as it has.</summary>
    private static decimal Amount(long minor, string currency) => minor * Currencies.MinorUnitOf(currency);

    public sealed record Text(string Name, Func<SessionFact, string?> Of) : SessionColumn(Name);

    public sealed record Whole(string Name, Func<SessionFact, long?> Of) : SessionColumn(Name);

    public sealed record Time(string Name, Func<SessionFact, DateTimeOffset?> Of) : SessionColumn(Name);

    /// <summary>The day under which pages count the session.</summary>
    public sealed record Day(string Name, Func<SessionFact, DateOnly> Of) : SessionColumn(Name);

    public sealed record Money(string Name, Func<SessionFact, decimal> Of) : SessionColumn(Name);
}
