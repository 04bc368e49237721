using Voltwright.Cards;
using Voltwright.Jq;
using Voltwright.Sessions;
using Voltwright.Storage;

namespace Voltwright.Stations;

public sealed partial class StationGrain
{
    private readonly ClockDrift _drift = new();

    public async Task<CardDecision> CardPresented(CardFact fact)
    {
        fact = fact with { CardId = Card.Canonical(fact.CardId) };
        var card = await CardAsync(fact.CardId);
        return await DecideAsync(turn => turn is null ? CardDecision.Unknown : Tapping.Presented(turn, fact, card));
    }

    public async Task<CardDecision> CardEntered(CardFact fact, string? ends)
    {
        fact = fact with { CardId = Card.Canonical(fact.CardId) };
        var card = await CardAsync(fact.CardId);
        return await DecideAsync(turn => turn is null ? CardDecision.Unknown : Tapping.Entered(turn, fact, ends, card));
    }

    public Task<TimeSpan?> ClockDrift() => Task.FromResult(_drift.Value);

    public Task SlotStatusReported(SlotStatusFact fact)
    {
        _drift.Note(fact.At, clock.GetUtcNow());
        return DecideStatusAsync(fact);
    }

    private Task DecideStatusAsync(SlotStatusFact fact) => DecideAsync(turn => Reporting.Status(turn, fact));

    public async Task<ChargingStartedAnswer> ChargingStarted(ChargingStartedFact fact)
    {
        fact = fact with { CardId = fact.CardId is { } id ? Card.Canonical(id) : null };
        var repeatOf = await FindStartAsync(fact);
        var number = repeatOf is null && fact.CardId is not null ? await numbers.NextAsync() : 0;
        var (card, tariff, limit) = (await CardAsync(fact.CardId), await TariffAsync(), await LimitAsync(fact.CardId));
        return await DecideAsync(
            turn => turn is null
                ? new ChargingStartedAnswer(CardDecision.Unknown, null, number)
                : Charging.Started(turn, fact, repeatOf ?? Charging.FindStart(turn.Station, fact)?.Id, card, tariff, number, limit),
            repeatOf);
    }

    public async Task MeterReported(MeterFact fact)
    {
        if (fact.Samples.Count > 0)
            _drift.Note(fact.Samples.Max(s => s.At), clock.GetUtcNow());
        var sessionId = await FindSessionAsync(fact.TransactionId, fact.SessionId, fact.Slot);
        await DecideAsync(turn => Charging.Metered(turn, fact, sessionId), sessionId);
    }

    public async Task<CardDecision?> ChargingStopped(ChargingStoppedFact fact)
    {
        fact = fact with { CardId = fact.CardId is { } id ? Card.Canonical(id) : null };
        var sessionId = await FindSessionAsync(fact.TransactionId, fact.SessionId, fact.Slot);
        var card = await CardAsync(fact.CardId);
        return await DecideAsync(turn => turn is null ? null : Charging.Stopped(turn, fact, sessionId, card), sessionId);
    }

    public async Task Reported(string eventId, string type, JsonValue data, DateTimeOffset at)
    {
        await Memory.LoadAsync();
        var key = $"event:{Id}:{eventId}";
        if (Memory.Station is null || await store.FindReplyAsync(key) is not null)
            return;
        var members = data.TryGetObject(out var given) ? given : JsonObject.Of(("value", data));
        var told = StationEvent.Of(type, Id, eventId, Clock.Believe(at, clock.GetUtcNow()).At, members.With("stationId", Id));
        try
        {
            await store.CommitAsync(new Commit { Events = [told], Reply = new Reply(key, "true"u8.ToArray()) });
        }
        catch (StaleVersionException)
        {
            // The same event came twice at once: it is in the log.
        }
    }

    public Task TimerDue(string name)
    {
        var subject = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return name.StartsWith("lease:", StringComparison.Ordinal) ? DecideAsync(turn => Leasing.LeaseTimerDue(turn, subject), subject)
            : name.StartsWith("stop:", StringComparison.Ordinal) ? DecideAsync(turn => Charging.StopTimerDue(turn, subject), subject)
            : name.StartsWith("limit:", StringComparison.Ordinal) ? DecideAsync(turn => Limiting.TimerDue(turn, subject), subject)
            : name.StartsWith("reservation:", StringComparison.Ordinal) ? DecideAsync(turn => Reserving.TimerDue(turn, subject))
            : name == Presence.Timer ? DecideAsync(Presence.TimerDue)
            : name == Serving.Timer ? DecideAsync(Serving.TimerDue)
            : DecideAsync(turn => turn.Timer(name, null));
    }

    private async ValueTask<string?> FindStartAsync(ChargingStartedFact fact)
    {
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
            return null;
        if (Charging.FindStart(station, fact) is { } entry)
            return entry.Id;
        if (fact.At > station.Sessions.Select(e => e.OpenedAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min())
            return null;
        if (fact.CardId is null)
            return null;
        var older = await SearchAsync(("cardId", fact.CardId));
        return older.FirstOrDefault(s => fact.TransactionId is { } id
            ? s.TransactionId == id
            : s.StartSaidAt == fact.At && s.SlotNumber == fact.Slot && s.MeterStartWh == Math.Max(0, fact.MeterStartWh ?? 0))?.Id;
    }

    private async ValueTask<string?> FindSessionAsync(string? transactionId, string? sessionId, int? slot)
    {
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
            return null;
        if (Charging.FindSession(station, transactionId, sessionId, slot) is { } known)
            return known;
        return transactionId is not null && await SearchAsync(("transactionId", transactionId)) is [var older, ..] ? older.Id : null;
    }
}
