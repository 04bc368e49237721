using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// A transaction that ended while the station was offline may have messages that are still to come: the station is asked once, and what it
/// says is an event. OCPP 2.0.1 part 2, E14.
/// </summary>
internal static class QueuedMessages
{
    /// <summary>Returns at once: the station has its answer first.</summary>
    public static void AskAbout(OcppStation station, TransactionEventRequest request)
    {
        if (request is { EventType: TransactionEventType.Ended, Offline: true } && station.Link is { } link)
            _ = AskAsync(station, link, request.TransactionInfo.TransactionId);
    }

    private static async Task AskAsync(OcppStation station, OcppLink link, string transactionId)
    {
        await Task.Yield();
        var outcome = await link.CallAsync(
            new GetTransactionStatusRequest { TransactionId = transactionId },
            r => new CommandOutcome.Accepted(StationEvent.Data(
                ("stationId", station.Id), ("transactionId", transactionId), ("messagesInQueue", r.MessagesInQueue),
                ("ongoing", r.OngoingIndicator is { } ongoing ? ongoing : JsonValue.Null))),
            CancellationToken.None);
        if (outcome is CommandOutcome.Accepted { Answer: var told })
            await station.Grain.Reported(Guid.NewGuid().ToString(), $"{EventTypes.StationPrefix}transaction-status.v1", told, station.Now);
    }
}
