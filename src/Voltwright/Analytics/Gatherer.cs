using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Analytics;

/// <summary>Reads events into a sheet of figures, and keeps in mind which stations there are and what each gives now.</summary>
internal sealed class Gatherer(IEnumerable<SeenStation> known)
{
    private readonly Dictionary<string, SeenStation> _stations = known.ToDictionary(s => s.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, (string Station, long PowerW)> _powers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _stationPowers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changedStations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<string> _ended = new();
    private readonly HashSet<string> _over = new(StringComparer.Ordinal);
    private DateTimeOffset _newest;
    private FigureSheet _sheet = new();
    private long _powerW;

    /// <summary>Last readings come after a session's end, and are not looked for in what is longer over.</summary>
    private const int KeptInMind = 10_000;

    /// <summary>What is so much older than the newest was kept by a station while it was offline, and is not given now.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>The events that figures are made of.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string>
    {
        EventTypes.Connected, EventTypes.Disconnected, EventTypes.Faulted, EventTypes.SlotStatus, EventTypes.CardRefused,
        EventTypes.MeterValues, EventTypes.ChargingStopped, EventTypes.SessionEnded, EventTypes.SessionPaid, EventTypes.SessionUnpaid,
        EventTypes.SessionExpired, EventTypes.PaymentRefunded,
    };

    public bool HasChanges => _sessions.Count + _changedStations.Count + _sheet.Cells.Count > 0;

    public (IReadOnlyCollection<string> Sessions, FigureSheet Sheet, IReadOnlyCollection<SeenStation> Stations) Take()
    {
        var taken = (_sessions.ToArray(), _sheet, _changedStations.Select(id => _stations[id]).ToArray());
        _sheet = new();
        _sessions.Clear();
        _changedStations.Clear();
        return taken;
    }

    public void Add(string type, string stationId, DateTimeOffset at, JsonValue data)
    {
        _newest = at > _newest ? at : _newest;
        See(stationId, at, type is EventTypes.SlotStatus && data["problem"].IsNull && data["slotNumber"].TryGetInt64(out var slot) ? (int)slot : 0);
        switch (type)
        {
            case EventTypes.Connected when _stations[stationId].AwaySince is { } since:
                _sheet.AddOffline(stationId, since, at);
                Change(_stations[stationId] with { AwaySince = null });
                break;
            case EventTypes.Disconnected when _stations[stationId].AwaySince is null:
                Change(_stations[stationId] with { AwaySince = at });
                break;
            case EventTypes.Faulted:
                _sheet.AddFault(stationId, at, Text(data["error"]["code"]) ?? "Faulted");
                break;
            case EventTypes.CardRefused:
                _sheet.AddRefusal(stationId, at, Text(data["decision"]) ?? "refused");
                break;
            case EventTypes.MeterValues when Text(data["sessionId"]) is { } session && data["powerW"].TryGetInt64(out var powerW):
                SetPower(session, stationId, at, powerW);
                break;
            case EventTypes.ChargingStopped or EventTypes.SessionEnded or EventTypes.SessionPaid or EventTypes.SessionUnpaid
                or EventTypes.SessionExpired or EventTypes.PaymentRefunded when Text(data["sessionId"]) is { } ended:
                SetPower(ended, stationId, at, 0);
                _sessions.Add(ended);
                if (_over.Add(ended))
                    _ended.Enqueue(ended);
                if (_ended.Count > KeptInMind)
                    _over.Remove(_ended.Dequeue());
                break;
        }
    }

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;

    private void See(string stationId, DateTimeOffset at, int slots)
    {
        if (!_stations.TryGetValue(stationId, out var seen))
            Change(new SeenStation(stationId, at, Math.Max(1, slots), null));
        else if (slots > seen.Slots || at < seen.Since)
            Change(seen with { Slots = Math.Max(slots, seen.Slots), Since = at < seen.Since ? at : seen.Since });
    }

    private void Change(SeenStation seen)
    {
        _stations[seen.Id] = seen;
        _changedStations.Add(seen.Id);
    }

    private void SetPower(string sessionId, string stationId, DateTimeOffset at, long powerW)
    {
        // Cars give nothing back here: what is below zero is the noise of a meter.
        powerW = _over.Contains(sessionId) ? 0 : Math.Max(0, powerW);
        if (at < _newest - Late && powerW > 0)
        {
            _sheet.AddPower(stationId, at, powerW, powerW);
            return;
        }

        var before = _powers.GetValueOrDefault(sessionId).PowerW;
        if (powerW > 0)
            _powers[sessionId] = (stationId, powerW);
        else
            _powers.Remove(sessionId);
        if (powerW == before)
            return;
        _powerW += powerW - before;
        var ofStation = _stationPowers[stationId] = _stationPowers.GetValueOrDefault(stationId) + powerW - before;
        if (powerW > before)
            _sheet.AddPower(stationId, at, ofStation, _powerW);
    }
}
