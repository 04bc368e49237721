using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Health;

/// <summary>
/// Follows the log and gathers each station's health. It writes what it gathered together with how far it read, whenever there is
/// nothing more to read or much was gathered: what a restart cuts off is read again, and counted once. Of several nodes the senior does it.
/// </summary>
public sealed partial class HealthRecorder(IStore store, Membership membership, TimeProvider clock, ILogger<HealthRecorder> logger)
    : SeniorService(membership, clock)
{
    private const string CursorStream = "counter/health";
    private const int GatheredAtOnce = 200;
    private const int Remembered = 1000;

    private readonly Dictionary<string, (long Version, HealthRecord Record)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private (long Version, long Position) _cursor;

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        _known.Clear();
        _changed.Clear();
        _cursor = await store.LoadAsync(CursorStream, cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.HealthCursor).Position)
            : default;
        var read = _cursor.Position;
        while (IsSenior)
        {
            var events = await store.ReadEventsAsync(read, GatheredAtOnce, cancellation);
            foreach (var happened in events)
                await GatherAsync(happened, cancellation);
            if (_changed.Count > 0)
                await WriteAsync(cancellation);
            if (events.Count > 0)
                read = events[^1].Position;
            else
                await store.NextEventAsync(read, cancellation);
        }
    }

    private async ValueTask GatherAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var envelope = happened.Envelope;
        if (!envelope["type"].TryGetString(out var type) || !HealthRecord.Types.Contains(type)
            || !envelope["subject"].TryGetString(out var stationId))
            return;
        var at = StationEvent.TimeOf(envelope) ?? Clock.GetUtcNow();
        var (version, record) = _known.TryGetValue(stationId, out var known) ? known : await LoadAsync(stationId, at, cancellation);
        _known[stationId] = (version, record.With(happened.Position, type, at, envelope["data"]));
        _changed.Add(stationId);
        _cursor.Position = happened.Position;
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var writes = _changed.Select(id => new StreamWrite(
            StreamOf(id), _known[id].Version, DomainJson.Write(_known[id].Record, DomainJson.Default.HealthRecord))).ToList();
        var cursor = DomainJson.Write(new HealthCursor(_cursor.Position), DomainJson.Default.HealthCursor);
        writes.Add(new StreamWrite(CursorStream, _cursor.Version, cursor));
        await store.CommitAsync(new Commit { Writes = writes }, cancellation);
        _cursor.Version++;
        foreach (var id in _changed)
            _known[id] = (_known[id].Version + 1, _known[id].Record);
        _changed.Clear();
        if (_known.Count > Remembered)
            _known.Clear();
    }

    private async ValueTask<(long Version, HealthRecord Record)> LoadAsync(string stationId, DateTimeOffset now, CancellationToken cancellation) =>
        await store.LoadAsync(StreamOf(stationId), cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.HealthRecord))
            : (0, HealthRecord.Of(stationId, now));

    private static string StreamOf(string stationId) => $"health/{stationId}";

    [LoggerMessage(LogLevel.Warning, "The health of stations is not gathered for the moment; trying again.")]
    protected override partial void Failed(Exception reason);
}

/// <summary>How far the log was read: <c>counter/health</c>.</summary>
public sealed record HealthCursor(long Position);
