using Voltwright.Events;
using Voltwright.Jq;
using static Voltwright.Stations.StationEvent;

namespace Voltwright.Sessions;

/// <summary>What is told of a session whenever it enters a status.</summary>
internal static class SessionEvents
{
    public static string TypeOf(SessionStatus status) => status switch
    {
        SessionStatus.Leased => EventTypes.SessionLeased,
        SessionStatus.Started => EventTypes.SessionStarted,
        SessionStatus.Charging => EventTypes.SessionCharging,
        SessionStatus.Ended => EventTypes.SessionEnded,
        SessionStatus.Paid => EventTypes.SessionPaid,
        SessionStatus.Unpaid => EventTypes.SessionUnpaid,
        _ => EventTypes.SessionExpired,
    };

    /// <summary>Charging began and ended when the station says so; all else happens here and now.</summary>
    public static DateTimeOffset TimeOf(Session session, DateTimeOffset now) => session.Status switch
    {
        SessionStatus.Charging => session.StartedAt ?? now,
        SessionStatus.Ended => session.EndedAt ?? now,
        _ => now,
    };

    public static JsonObject DataOf(Session session) => Data(
        ("sessionId", session.Id),
        ("stationId", session.StationId),
        ("slotNumber", session.SlotNumber),
        ("cardId", session.CardId),
        ("status", session.Status.ToString().ToLowerInvariant()),
        ("cause", session.EndCause),
        ("transactionId", session.TransactionId),
        ("energyWh", session.EnergyWh),
        ("meterStartWh", Number(session.MeterStartWh)),
        ("meterStopWh", Number(session.MeterStopWh)),
        ("leaseExpiresAt", session.Status is SessionStatus.Leased ? Time(session.LeaseExpiresAt) : JsonValue.Null),
        ("startedAt", Time(session.StartedAt)),
        ("endedAt", Time(session.EndedAt)),
        ("price", Json(session.Price, DomainJson.Default.Price)),
        ("payment", Json(session.Payment, DomainJson.Default.PaymentSummary)));

    private static JsonValue Json<T>(T? value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => value is null ? JsonValue.Null : JsonValue.Parse(DomainJson.Write(value, type).AsSpan());
}
