using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// A fact, however old, repeated or out of order: a doubt about the card goes into idTokenInfo, never into an error. The transaction's
/// id tells a repeated start or end; repeated readings change nothing.
/// </summary>
internal static class TransactionEvent
{
    public static async Task<TransactionEventResponse> HandleAsync(
        OcppStation station, TransactionEventRequest request, CancellationToken cancellation)
    {
        var decision = request switch
        {
            { EventType: TransactionEventType.Ended } => await EndAsync(station, request),
            { TriggerReason: TriggerReason.StopAuthorized, IdToken: { } token } => await StopTapAsync(station, request, token),
            _ => await GoOnAsync(station, request),
        };
        if (StatusOf(request) is { } status && request.Evse is { } evse)
        {
            var locked = status is "charging" or "suspended" or "suspended-by-station";
            await station.Grain.SlotStatusReported(
                new SlotStatusFact(evse.Id, status, null, null, null, request.Timestamp, locked ? true : status == "available" ? false : null));
        }

        QueuedMessages.AskAbout(station, request);
        return new TransactionEventResponse
        {
            IdTokenInfo = request.IdToken is { } shown ? await InfoOfAsync(station, shown, decision ?? CardDecision.Unknown) : null,
            TotalCost = request is { EventType: TransactionEventType.Ended } or { MeterValue.Count: > 0 } ? await CostAsync(station, request) : null,
        };
    }

    private static async Task<IdTokenInfo> InfoOfAsync(OcppStation station, IdToken token, CardDecision decision) =>
        IdTokens.InfoOf(decision, await station.GroupOfAsync(IdTokens.CardOf(token), decision));

    private static async Task<CardDecision?> GoOnAsync(OcppStation station, TransactionEventRequest request)
    {
        var (slot, id, samples) = (request.Evse?.Id ?? 0, request.TransactionInfo.TransactionId, Samples.From(request.MeterValue));
        var number = request.TransactionInfo.RemoteStartId;
        var asked = await RemoteStarts.FindAsync(station, number);
        var card = request.IdToken is { } token ? IdTokens.CardOf(token) : asked?.CardId ?? station.RawStarts.CardOf(number);
        CardDecision? decision = null;
        if (card is not null || request.EventType == TransactionEventType.Started)
        {
            var register = samples.FirstOrDefault(sample => sample.EnergyWh is not null)?.EnergyWh;
            var started = await station.Grain.ChargingStarted(
                new ChargingStartedFact(slot, card, register, request.Timestamp, id, asked?.Id));
            decision = started.Decision;
        }

        if (samples.Count > 0)
            await station.Grain.MeterReported(new MeterFact(slot, id, samples));
        return decision;
    }

    /// <summary>Somebody ended the authorization with a card; the transaction ends later, and is told then.</summary>
    private static async Task<CardDecision?> StopTapAsync(OcppStation station, TransactionEventRequest request, IdToken token)
    {
        var samples = Samples.From(request.MeterValue);
        if (samples.Count > 0)
            await station.Grain.MeterReported(new MeterFact(request.Evse?.Id ?? 0, request.TransactionInfo.TransactionId, samples));
        return await station.Grain.CardPresented(
            new CardFact(IdTokens.CardOf(token), request.Evse?.Id, "stop-transaction", true, request.Timestamp));
    }

    private static Task<CardDecision?> EndAsync(OcppStation station, TransactionEventRequest request)
    {
        var samples = Samples.From(request.MeterValue);
        return station.Grain.ChargingStopped(new ChargingStoppedFact(
            request.TransactionInfo.TransactionId, request.Evse?.Id, null,
            samples.LastOrDefault(sample => sample.EnergyWh is not null)?.EnergyWh, request.Timestamp,
            (request.TransactionInfo.StoppedReason ?? Reason.Local).ToString(),
            request.IdToken is { } token ? IdTokens.CardOf(token) : null, samples));
    }

    private static string? StatusOf(TransactionEventRequest request) => request switch
    {
        { EventType: TransactionEventType.Ended, TransactionInfo.ChargingState: ChargingState.Idle } => "available",
        { EventType: TransactionEventType.Ended, TriggerReason: TriggerReason.EVDeparted } => "available",
        { EventType: TransactionEventType.Ended } => "finishing",
        { TransactionInfo.ChargingState: ChargingState.Charging } => "charging",
        { TransactionInfo.ChargingState: ChargingState.SuspendedEV } => "suspended",
        { TransactionInfo.ChargingState: ChargingState.SuspendedEVSE } => "suspended-by-station",
        { TransactionInfo.ChargingState: ChargingState.EVConnected } => "preparing",
        _ => null,
    };

    /// <summary>What it costs, with taxes, in units of the currency: so far while it goes on.</summary>
    private static async Task<decimal?> CostAsync(OcppStation station, TransactionEventRequest request)
    {
        var known = (await station.Grain.Get())?.Sessions.LastOrDefault(e => e.TransactionId == request.TransactionInfo.TransactionId);
        return known is not null && (await station.Grain.GetSession(known.Id)).Value?.PriceSoFar(station.Now) is { } price
            ? price.Amount * Currencies.MinorUnitOf(price.Currency)
            : null;
    }
}
