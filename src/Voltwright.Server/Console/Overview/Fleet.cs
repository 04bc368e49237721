using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Overview;

/// <summary>
/// All stations in brief, with what charges on them and what was earned today: what the overview, the lists and the search need at
/// once. It is read when first asked for; afterwards only the stations that the event log names are read again, when somebody looks.
/// </summary>
public sealed class Fleet(IStore store, TimeProvider time) : IDisposable
{
    private const int Chunk = 500;

    // Reading that many events one by one is about as much work as reading all stations.
    private const int TooFarBehind = 20_000;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SortedDictionary<string, FleetStation> _stations = new(StringComparer.Ordinal);
    private long _position = -1;
    private DateTimeOffset _today;
    private readonly HashSet<string> _earned = new(StringComparer.Ordinal);
    private Dictionary<(string Station, string Currency), long> _revenue = [];
    private FleetPicture? _picture;

    public async ValueTask<FleetPicture> LookAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var today = StartOfToday();
            if (_position < 0 || store.LastEventPosition - _position > TooFarBehind || today != _today)
                await ReadAllAsync(today, cancellation);
            else
                await FollowAsync(cancellation);
            if (await store.CountAsync("station", [], cancellation) != _stations.Count)
                await ReadStationsAsync(cancellation);
            return _picture ??= new FleetPicture(
                [.. _stations.Values],
                [.. _revenue.Select(r => new StationRevenue(r.Key.Station, r.Key.Currency, r.Value))], today);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads a station again that changed without an event: a name, a ticket.</summary>
    public async ValueTask RefreshAsync(string stationId, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_position >= 0)
                await ReadStationAsync(stationId, cancellation);
            _picture = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private DateTimeOffset StartOfToday()
    {
        var local = time.GetLocalNow();
        return new DateTimeOffset(local.Date, local.Offset);
    }

    private async Task ReadAllAsync(DateTimeOffset today, CancellationToken cancellation)
    {
        _position = store.LastEventPosition;
        _today = today;
        _revenue = [];
        _earned.Clear();
        await ReadStationsAsync(cancellation);
        string? after = null;
        do
        {
            var page = await store.ListAsync("payment", [("status", "taken")], Chunk, after, cancellation);
            var payments = page.Items.Select(p => DomainJson.Read(p.Body, DomainJson.Default.Payment)).ToList();
            foreach (var payment in payments.Where(p => p.At >= today))
                Earn(await StationOfAsync(payment.SessionId, cancellation), payment.Id, payment.Currency, payment.Amount);
            // Newest first by creation: a whole page of yesterday's ends it.
            after = payments.Any(p => p.At >= today) ? page.Next : null;
        }
        while (after is not null);
    }

    private async Task ReadStationsAsync(CancellationToken cancellation)
    {
        _picture = null;
        _stations.Clear();
        var sessions = new List<Session>();
        foreach (var status in (string[])["charging", "started", "leased"])
            await EachAsync("session", [("status", status)], body => sessions.Add(DomainJson.Read(body, DomainJson.Default.Session)), cancellation);
        var byStation = sessions.ToLookup(s => s.StationId, StringComparer.Ordinal);
        await EachAsync(
            "station", [],
            body =>
            {
                var station = DomainJson.Read(body, DomainJson.Default.Station);
                _stations[station.Id] = FleetStation.Of(station, byStation[station.Id]);
            },
            cancellation);
    }

    private async Task EachAsync(string kind, (string, string)[] filters, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellation)
    {
        string? after = null;
        do
        {
            var page = await store.ListAsync(kind, filters, Chunk, after, cancellation);
            foreach (var item in page.Items)
                take(item.Body);
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        while (await store.ReadEventsAsync(_position, Chunk, cancellation) is { Count: > 0 } events)
        {
            foreach (var e in events)
            {
                if (e.Envelope["subject"].TryGetString(out var subject))
                    touched.Add(subject);
                if (e.Envelope["type"] == EventTypes.SessionPaid)
                    Earn(subject ?? "", e.Envelope["data"]["payment"]);
            }

            _position = events[^1].Position;
        }

        foreach (var id in touched)
            await ReadStationAsync(id, cancellation);
        if (touched.Count > 0)
            _picture = null;
    }

    private void Earn(string station, JsonValue payment)
    {
        if (payment["amount"].TryGetInt64(out var amount) && payment["currency"].TryGetString(out var currency))
            Earn(station, payment["id"].TryGetString(out var id) ? id : "", currency, amount);
    }

    // After a crash a payment may be in the ledger before its session is told to be paid.
    private void Earn(string station, string paymentId, string currency, long amount)
    {
        if (_earned.Add(paymentId) || paymentId.Length == 0)
            _revenue[(station, currency)] = _revenue.GetValueOrDefault((station, currency)) + amount;
    }

    private async ValueTask<string> StationOfAsync(string sessionId, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{sessionId}", cancellation) is { } session
            ? DomainJson.Read(session.Body, DomainJson.Default.Session).StationId : "";

    private async Task ReadStationAsync(string id, CancellationToken cancellation)
    {
        if (await store.LoadAsync($"station/{id}", cancellation) is not { } stored)
        {
            _stations.Remove(id);
            return;
        }

        var station = DomainJson.Read(stored.Body, DomainJson.Default.Station);
        var open = new List<Session>();
        foreach (var entry in station.Sessions.Where(s => s.ClosedAt is null))
        {
            if (await store.LoadAsync($"session/{entry.Id}", cancellation) is { } session)
                open.Add(DomainJson.Read(session.Body, DomainJson.Default.Session));
        }

        _stations[id] = FleetStation.Of(station, open);
    }
}

/// <summary>What a station earned today, in minor units.</summary>
public sealed record StationRevenue(string StationId, string Currency, long Amount);

public sealed record FleetPicture(IReadOnlyList<FleetStation> Stations, IReadOnlyList<StationRevenue> Revenue, DateTimeOffset Today)
{
    private Dictionary<string, string>? _siteOf;

    /// <summary>The site that a station stands at; empty for none.</summary>
    public string SiteOf(string stationId) =>
        (_siteOf ??= Stations.ToDictionary(s => s.Id, s => s.SiteId ?? "", StringComparer.Ordinal)).GetValueOrDefault(stationId, "");

    /// <summary>The part of it that somebody sees.</summary>
    public FleetPicture Within(Auth.Sight sight) => sight.IsAll ? this
        : this with
        {
            Stations = [.. Stations.Where(s => sight.Sees(s.Id))], Revenue = [.. Revenue.Where(r => sight.Sees(r.StationId))], _siteOf = null,
        };

    /// <summary>Minor units by currency.</summary>
    public IReadOnlyDictionary<string, long> RevenueToday =>
        Revenue.GroupBy(r => r.Currency, r => r.Amount, StringComparer.Ordinal).ToDictionary(r => r.Key, r => r.Sum());

    public long PowerW => Stations.Sum(s => s.PowerW);

    public int Charging => Stations.Sum(s => s.Charging);
}

/// <summary>A station in a list.</summary>
/// <param name="State">What matters most of it: <c>faulted</c>, <c>out-of-order</c>, <c>offline</c>, <c>charging</c> or <c>available</c>.</param>
/// <param name="Slots">The status of each slot, as the API spells it.</param>
/// <param name="PowerW">What flows now, by the newest readings.</param>
public sealed record FleetStation(
    string Id, string? Name, string Protocol, string State, bool Connected, IReadOnlyList<string> Slots, int Charging, int OpenSessions, long PowerW,
    int OpenTickets, DateTimeOffset? LastSeenAt, string? Model, string? SiteId = null)
{
    public static FleetStation Of(Station station, IEnumerable<Session> open)
    {
        var sessions = open.ToList();
        var charging = sessions.Where(s => s.Status == SessionStatus.Charging).ToList();
        return new FleetStation(
            station.Id, station.Name, station.Protocol, StateOf(station), station.Connected, [.. station.Slots.Select(s => Spell(s.Status))],
            charging.Count, sessions.Count, charging.Sum(s => s.PowerW ?? 0), station.OpenTickets.Length, station.LastSeenAt, station.Model,
            station.SiteId);
    }

    public bool Fits(string text) =>
        Id.Contains(text, StringComparison.OrdinalIgnoreCase) || Name?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || Model?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string StateOf(Station station) =>
        station.Status is StationStatus.OutOfOrder or StationStatus.Faulted ? Spell(station.Status)
        : station.Status == StationStatus.Offline ? "offline"
        : station.Slots.Any(s => s.Status == SlotStatus.Faulted) ? "faulted"
        : station.Slots.Any(s => s.Status == SlotStatus.Charging) ? "charging"
        : station.Slots.Length > 0 && station.Slots.All(s => s.Status == SlotStatus.OutOfOrder) ? "out-of-order"
        : "available";

    private static string Spell<T>(T status)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{status}");
}
