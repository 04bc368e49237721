using System.Text.Json.Serialization.Metadata;
using Orleans.Placement;
using Voltwright.Cards;
using Voltwright.Certificates;
using Voltwright.Cluster;
using Voltwright.Gateway.Vendors;
using Voltwright.Maintenance;
using Voltwright.Payments;
using Voltwright.Sessions;
using Voltwright.Storage;
using Voltwright.Tariffs;

namespace Voltwright.Stations;

/// <summary>Loads, decides, commits; never waits for a station.</summary>
[PreferLocalPlacement]
public sealed partial class StationGrain(
    IStore store, TariffCatalog tariffs, TransactionNumbers numbers, CandidateList candidates, SessionSignals signals,
    UndeliveredWishes wishes, CertificateRegister certificates, FirmwareUpdates firmware, LogTransfers logs, VendorTable vendors,
    StationRoutes routes, ChargingOptions options, TimeProvider clock) : Grain, IStationGrain
{
    private StationMemory? _memory;

    private string Id => this.GetPrimaryKeyString();

    private StationMemory Memory => _memory ??= new StationMemory(Id, store);

    private Refusal NotRegistered => new(RefusalKind.NotFound, $"Station {Id} is not registered.");

    /// <summary>
    /// Makes one decision durable. A request whose key was seen gets the answer it got; a decision that lost a race is made again.
    /// </summary>
    /// <param name="decide">Null when the station is not registered.</param>
    private async Task<T> DecideAsync<T>(
        Func<Turn?, T> decide, string? sessionId = null, string? ticketId = null, string? requestKey = null,
        JsonTypeInfo<T>? replyType = null, Func<T, IEnumerable<StreamWrite>>? beside = null)
    {
        while (true)
        {
            if (requestKey is not null && await store.FindReplyAsync(requestKey) is { } known)
                return DomainJson.Read(known, replyType!);
            await Memory.LoadAsync(sessionId, ticketId);
            if (Memory.Station is null)
                return decide(null);

            var turn = Memory.Begin(clock.GetUtcNow(), options);
            var answer = decide(turn);
            var reply = requestKey is null ? null : new Reply(requestKey, DomainJson.Write(answer, replyType!));
            var writes = beside?.Invoke(answer) ?? [];
            if (!turn.HasChanges && reply is null && !writes.Any())
                return answer;
            if (await TryCommitAsync(turn, reply, writes))
                return answer;
        }
    }

    private Task DecideAsync(Action<Turn> decide, string? sessionId = null) => DecideAsync(
        turn =>
        {
            if (turn is not null)
                decide(turn);
            return turn is not null;
        },
        sessionId);

    private async Task<bool> TryCommitAsync(Turn turn, Reply? reply, IEnumerable<StreamWrite> beside)
    {
        try
        {
            await Memory.CommitAsync(turn, reply, beside);
        }
        catch (StaleVersionException)
        {
            Memory.Forget();
            return false;
        }
        catch
        {
            // What the store has now is unknown: the next decision starts from what it says.
            Memory.Forget();
            throw;
        }

        foreach (var session in turn.ChangedSessions)
            signals.Publish(session);
        if (turn.HasUndelivered)
            wishes.Add(Id);
        return true;
    }

    /// <summary>Idempotency keys are the caller's: the same key may serve another operation or station.</summary>
    private string? Scoped(string? requestKey, string operation) => requestKey is null ? null : $"{operation}:{Id}:{requestKey}";

    /// <summary>A payment is a card at the station that it was made for, and at no other.</summary>
    private async ValueTask<Card?> CardAsync(string? cardId) => cardId is null ? null
        : Hold.IsId(cardId) ? await HoldAsync(cardId) is { } hold ? hold.ToCard() : null
        : await CardGrain.FindAsync(store, cardId);

    private async ValueTask<long?> LimitAsync(string? cardId) => Hold.IsId(cardId) ? (await HoldAsync(cardId!))?.Amount : null;

    private async ValueTask<Hold?> HoldAsync(string cardId) =>
        await CardGrain.FindHoldAsync(store, cardId) is { } hold && hold.StationId == Id ? hold : null;

    private async ValueTask<Tariff> TariffAsync()
    {
        await Memory.LoadAsync();
        return await tariffs.InForceAsync(Memory.Station?.TariffId ?? Tariff.DefaultId);
    }

    /// <summary>Older sessions than the station remembers, newest first.</summary>
    private async ValueTask<IReadOnlyList<Session>> SearchAsync(params (string Path, string Value)[] filters)
    {
        var page = await store.ListAsync("session", [("stationId", Id), .. filters], 50);
        return [.. page.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.Session))];
    }
}
