using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Storage;

namespace Voltwright.Health;

/// <summary>
/// Follows the log and gathers each station's health. It writes what it gathered together with how far it read, whenever there is
/// nothing more to read or much was gathered: what a restart cuts off is read again, and counted once.
/// </summary>
public sealed partial class HealthRecorder(IStore store, TimeProvider clock, ILogger<HealthRecorder> logger) : BackgroundService
{
    private const string CursorStream = "counter/health";
    private const int GatheredAtOnce = 200;
    private const int Remembered = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (long Version, HealthRecord Record)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private (long Version, long Position) _cursor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store may be away for a while, or another process writes too; the log keeps what was missed.
                Failed(e);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        _known.Clear();
        _changed.Clear();
        _cursor = await store.LoadAsync(CursorStream, cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.HealthCursor).Position)
            : default;
        await using var events = store.FollowEventsAsync(_cursor.Position, cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            var next = events.MoveNextAsync();
            if (_changed.Count > 0 && (!next.IsCompleted || _changed.Count >= GatheredAtOnce))
                await WriteAsync(cancellation);
            if (!await next)
                return;
            await GatherAsync(events.Current, cancellation);
        }
    }

    private async ValueTask GatherAsync(StoredEvent happened, CancellationToken cancellation)
    {
        var envelope = happened.Envelope;
        if (!envelope["type"].TryGetString(out var type) || !HealthRecord.Types.Contains(type)
            || !envelope["subject"].TryGetString(out var stationId))
            return;
        var at = envelope["time"].TryGetString(out var said)
            && DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : clock.GetUtcNow();
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
    private partial void Failed(Exception reason);
}

/// <summary>How far the log was read: <c>counter/health</c>.</summary>
public sealed record HealthCursor(long Position);
