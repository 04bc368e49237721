using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Sessions;

public sealed partial record Session
{
    /// <summary>A slot is kept for the card until <paramref name="expiresAt"/>.</summary>
    public static Session Lease(
        string id, string stationId, int slot, string cardId, Tariff tariff, DateTimeOffset now, DateTimeOffset expiresAt) => new()
        {
            Id = id,
            StationId = stationId,
            SlotNumber = slot,
            CardId = cardId,
            Tariff = tariff,
            OpenedAt = now,
            LeaseExpiresAt = expiresAt,
        };

    /// <summary>The station began by itself: there is no lease to keep; <see cref="BeginCharging"/> follows at once.</summary>
    public static Session WithoutLease(string id, string stationId, int slot, string cardId, Tariff tariff, DateTimeOffset now) => new()
    {
        Id = id,
        StationId = stationId,
        SlotNumber = slot,
        CardId = cardId,
        Tariff = tariff,
        OpenedAt = now,
        Status = SessionStatus.Started,
    };

    public Outcome<Session> AskStart(DateTimeOffset now) => Status switch
    {
        SessionStatus.Leased => this with { Status = SessionStatus.Started, StartAskedAt = now },
        SessionStatus.Started or SessionStatus.Charging => this,
        _ => Illegal("started"),
    };

    /// <summary>
    /// Asks for the end. What charges goes on until the station says that it stopped; what never charged ends here, for nothing.
    /// </summary>
    public Outcome<Session> AskEnd(string cause, DateTimeOffset now) => Status switch
    {
        SessionStatus.Leased or SessionStatus.Started => this with
        {
            Status = SessionStatus.Ended,
            EndAskedAt = now,
            EndedAt = now,
            ClosedAt = now,
            EndCause = cause,
            Price = Tariff.Bill(new Usage(false, 0, 0, 0)),
        },
        SessionStatus.Charging => this with { EndAskedAt = EndAskedAt ?? now, EndCause = EndCause ?? cause },
        SessionStatus.Expired => Illegal("ended"),
        _ => this,
    };

    /// <summary>Nobody plugged in. A session that charges, or is over, does not expire.</summary>
    public Session Expire(DateTimeOffset now) => Status is SessionStatus.Leased or SessionStatus.Started
        ? this with { Status = SessionStatus.Expired, ClosedAt = now }
        : this;

    /// <summary>The driver plugged in elsewhere.</summary>
    public Session MoveTo(int slot) => slot == SlotNumber
        ? this
        : (this with { SlotNumber = slot }).Noted($"Slot {SlotNumber} was kept, the car was plugged into slot {slot}.");

    public Outcome<Session> Settle(PaymentSummary payment, bool taken) => Status switch
    {
        SessionStatus.Paid when taken && payment.Refunded > (Payment?.Refunded ?? 0) => this with { Payment = payment },
        SessionStatus.Ended or SessionStatus.Unpaid =>
            this with { Status = taken ? SessionStatus.Paid : SessionStatus.Unpaid, Payment = payment },
        SessionStatus.Paid => this,
        _ => Illegal("paid"),
    };

    private Refusal Illegal(string wanted) =>
        new(RefusalKind.IllegalTransition, $"Session {Id} is {Status.ToString().ToLowerInvariant()} and cannot be {wanted}.");
}
