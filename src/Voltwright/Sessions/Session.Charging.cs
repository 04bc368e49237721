using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Sessions;

public sealed partial record Session
{
    private const string StopMissing = "stop-missing";

    /// <summary>The station charges. Whatever the card, the energy is accounted for.</summary>
    public Session BeginCharging(ChargingStartedFact fact, int number, CardDecision decision, DateTimeOffset now)
    {
        if (StartedAt is not null)
            return this;
        var (at, doubt) = Clock.Believe(fact.At, now);
        var charging = this with
        {
            Status = SessionStatus.Charging,
            StartedAt = at,
            StartSaidAt = fact.At,
            TransactionId = fact.TransactionId ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            TransactionNumber = number,
            StartDecision = decision,
            MeterStartWh = fact.MeterStartWh is { } startWh ? Math.Max(0, startWh) : null,
            Meter = Meter.From(fact.MeterStartWh, at),
        };
        return charging.Noted(doubt).Noted(fact.MeterStartWh < 0 ? $"First reading of {fact.MeterStartWh} Wh was taken as 0." : null);
    }

    public Session Metered(IReadOnlyList<MeterSample> samples)
    {
        if (Status != SessionStatus.Charging)
            return this;
        var next = this;
        foreach (var sample in samples.OrderBy(s => s.At))
        {
            next = next with { PowerW = sample.PowerW ?? next.PowerW };
            if (sample.EnergyWh is not { } readingWh)
                continue;
            var (meter, note) = next.Meter!.Take(readingWh, sample.At);
            next = (next with { Meter = meter, EnergyWh = meter.EnergyWh, MeterStartWh = next.MeterStartWh ?? readingWh }).Noted(note);
        }

        return next;
    }

    /// <summary>The car stays plugged and takes nothing (<paramref name="idle"/>), or takes energy again.</summary>
    public Session Idling(bool idle, DateTimeOffset at)
    {
        if (Status != SessionStatus.Charging || idle == IdleSince is not null)
            return this;
        return idle
            ? this with { IdleSince = at, PowerW = 0 }
            : this with { IdleSince = null, IdleSeconds = IdleSeconds + SecondsSince(IdleSince, at) };
    }

    /// <summary>The station stopped: the session is priced by what its meter and clock say. A repeat changes nothing.</summary>
    public Session Stop(ChargingStoppedFact fact, string cause, DateTimeOffset now)
    {
        if (Status != SessionStatus.Charging)
            return this;
        var (at, doubt) = Clock.Believe(fact.At, now);
        if (at < StartedAt)
            (at, doubt) = (StartedAt!.Value, $"The station says it stopped at {fact.At:O}, before it started: counted as no time.");
        var metered = Metered(fact.Samples ?? []);
        var (meter, note) = fact.MeterStopWh is { } stopWh ? metered.Meter!.Close(stopWh, at) : (metered.Meter!, null);
        return metered.Noted(doubt).Noted(note).Ended(meter, fact.MeterStopWh ?? meter.LastWh, at, cause, fact.Reason, now);
    }

    /// <summary>The end that was given up arrives at last: what is not paid yet is priced by it, what is paid stays.</summary>
    public Session StopAtLast(ChargingStoppedFact fact, DateTimeOffset now)
    {
        if (StopReason != StopMissing)
            return this;
        if (Status == SessionStatus.Paid)
        {
            return (this with { StopReason = fact.Reason })
                .Noted($"The end came late, {fact.MeterStopWh} Wh at {fact.At:O}: the bill was paid already.");
        }

        var stopped = (this with { Status = SessionStatus.Charging }).Stop(fact, EndCause!, now);
        return (stopped with { Status = Status, ClosedAt = ClosedAt }).Noted("The end came late: the bill was struck anew.");
    }

    /// <summary>The station never said that it stopped: the last believed reading counts.</summary>
    public Session GiveUpWaitingForStop(DateTimeOffset now)
    {
        if (Status != SessionStatus.Charging)
            return this;
        var at = Meter!.LastAt > StartedAt ? Meter.LastAt : StartedAt!.Value;
        var ended = Noted("The station never reported the end: the last reading counts.").Ended(Meter, Meter.LastWh, at, "station", StopMissing, now);
        // A car that was idle then goes on being it, should the end come at last.
        return IdleSince is null ? ended : ended with { IdleSince = at };
    }

    public Session Noted(string? note) => note is null || Notes.Length >= 20 ? this : this with { Notes = Notes.Add(note) };

    /// <summary>The bill if it stopped now; once it ended, the bill.</summary>
    public Price PriceSoFar(DateTimeOffset now) => Price ?? Tariff.Bill(UsageUntil(now, EnergyWh)).Within(PriceLimit);

    private Usage UsageUntil(DateTimeOffset at, long energyWh)
    {
        var total = SecondsSince(StartedAt, at);
        var idle = Math.Min(IdleSeconds + SecondsSince(IdleSince, at), total);
        // A card that was turned away and took nothing has nothing to pay; what it took all the same is billed.
        var began = StartedAt is not null && (StartDecision == CardDecision.Accepted || energyWh > 0);
        return new Usage(began, energyWh, total - idle, idle);
    }

    private Session Ended(Meter meter, long meterStopWh, DateTimeOffset at, string cause, string? reason, DateTimeOffset now)
    {
        var usage = UsageUntil(at, meter.EnergyWh);
        return this with
        {
            Status = SessionStatus.Ended,
            EndedAt = at,
            ClosedAt = now,
            Meter = meter,
            MeterStopWh = meterStopWh,
            EnergyWh = meter.EnergyWh,
            PowerW = 0,
            IdleSince = null,
            IdleSeconds = usage.IdleSeconds,
            EndCause = cause,
            StopReason = reason,
            Price = Tariff.Bill(usage).Within(PriceLimit),
        };
    }

    private static long SecondsSince(DateTimeOffset? from, DateTimeOffset to) =>
        from is { } start && to > start ? (long)(to - start).TotalSeconds : 0;
}
