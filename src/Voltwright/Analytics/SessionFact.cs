using Voltwright.Sessions;

namespace Voltwright.Analytics;

/// <summary>What counts of a session that is over. Times are in whole seconds; money is in minor units.</summary>
/// <param name="StartedAt">Null when nobody charged.</param>
/// <param name="EndedAt">The figures count it in that hour.</param>
/// <param name="Billed">What it costs.</param>
/// <param name="Paid">What was taken for it, less what was given back.</param>
public sealed record SessionFact(
    string Id, string StationId, int SlotNumber, string CardId, string TariffId, string Status, DateTimeOffset OpenedAt,
    DateTimeOffset? StartedAt, DateTimeOffset EndedAt, long EnergyWh, long IdleSeconds, string Currency, long Billed, long Paid,
    string? StopReason)
{
    private const string Taken = "taken";

    public long Seconds => StartedAt is { } start && EndedAt > start ? (long)(EndedAt - start).TotalSeconds : 0;

    public long ChargingSeconds => Seconds - Math.Min(IdleSeconds, Seconds);

    /// <summary>From the lease until the car charged; null when nobody charged.</summary>
    public long? WaitSeconds => StartedAt is { } start ? Math.Max(0, (long)(start - OpenedAt).TotalSeconds) : null;

    /// <summary>Null while the session is not over.</summary>
    public static SessionFact? Of(Session session) => session.IsOpen ? null : new(
        session.Id, session.StationId, session.SlotNumber, session.CardId, session.Tariff.Id, session.Status.ToString().ToLowerInvariant(),
        Whole(session.OpenedAt), session.StartedAt is { } start ? Whole(start) : null,
        Whole(session.EndedAt ?? session.ClosedAt ?? session.OpenedAt), session.EnergyWh, session.IdleSeconds,
        session.Price?.Currency ?? session.Tariff.Currency, session.Price?.Amount ?? 0,
        session.Payment is { Status: Taken } payment ? payment.Amount - (payment.Refunded ?? 0) : 0, session.StopReason);

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
