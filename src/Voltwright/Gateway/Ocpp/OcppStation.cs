using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>What the handlers of one connection work with.</summary>
public sealed record OcppStation(string Id, string LinkId, IStationGrain Grain, GatewayOptions Options, TimeProvider Time)
{
    public OcppSources Sources { get; init; } = OcppSources.None;

    /// <summary>The way back to the station.</summary>
    internal OcppLink? Link { get; set; }

    /// <summary>Starts that it was ordered in its own protocol.</summary>
    internal RawStarts RawStarts { get; } = new(Time);

    /// <summary>Cards that it is being asked to keep a slot for.</summary>
    internal CardsInQuestion Reserving { get; } = new();

    /// <summary>Reports of the device model that somebody waits for.</summary>
    internal V201.ReportInbox Reports { get; } = new();

    /// <summary>It was told at its last boot to wait.</summary>
    internal bool IsPending { get; private set; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Whether a station that boots has to wait; and for how many seconds until it asks again, or until its next sign of life.</summary>
    internal async Task<(bool IsPending, int Interval)> RegisterAsync()
    {
        IsPending = (await Grain.Get())?.Registration == Registration.Pending;
        if (IsPending)
            return (true, (int)Options.PendingInterval.TotalSeconds);

        // There is no back-off in 1.6: stations of one site that boot together would send their heartbeats together for ever.
        var seconds = (int)Options.HeartbeatInterval.TotalSeconds;
        return (false, seconds - (Id.Sum(c => c) * 31 % Math.Max(1, seconds / 10)));
    }

    /// <summary>What an Authorize of that card is: a tap, or the check of something that the station was asked for.</summary>
    internal string CauseOf(string cardId) =>
        RawStarts.Contains(cardId) || Reserving.Contains(cardId) ? CardFact.StartCheck : CardFact.Authorize;

    /// <summary>The group of a card that was decided on; null when it is in none.</summary>
    internal async ValueTask<string?> GroupOfAsync(string cardId, CardDecision decision) =>
        decision == CardDecision.Unknown ? null : (await Sources.Cards(cardId))?.GroupId;
}
