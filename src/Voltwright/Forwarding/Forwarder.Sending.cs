using Microsoft.Extensions.Logging;
using Voltwright.Storage;

namespace Voltwright.Forwarding;

// One event on its way, and what is kept of that.
public sealed partial class Forwarder
{
    private const int AttemptsKeptAtOnce = 200;
    private const int RecordsKept = 100;

    private readonly List<Attempt> _attempts = [];
    private long _version;
    private long _kept;
    private IReadOnlyList<BehindSubject> _keptBehind = [];

    private async Task SendAsync(Lane lane)
    {
        var isReplay = lane.Replays.TryPeek(out var e);
        e ??= lane.Waiting.Peek();
        var started = _clock.GetTimestamp();
        SendOutcome outcome;
        try
        {
            outcome = await _destination.Sink.SendAsync(e, _stopping.Token);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "Event {Position} could not be sent to {Destination}", e.Position, _destination.Name);
            outcome = new SendOutcome.Failed($"{failure.GetType().Name}: {failure.Message}");
        }

        var took = _clock.GetElapsedTime(started);
        if (isReplay)
            await ReplayedAsync(lane, e, outcome, took);
        else
            await SentAsync(lane, e, outcome, took);
        Signal();
        if (outcome is SendOutcome.Unwanted unwanted)
            _destination.Ended(new ForwardingEnd.Unwanted(unwanted.Reason));
    }

    private async Task SentAsync(Lane lane, StoredEvent e, SendOutcome outcome, TimeSpan took)
    {
        var now = _clock.GetUtcNow();
        var (reason, status, retryAfter) = Describe(outcome);
        var isOver = outcome is SendOutcome.Impossible
            || (outcome is SendOutcome.Failed && now - (lane.FailingSince ?? now) >= _destination.Policy.GiveUpAfter);
        if (isOver && !await BuryAsync(e, reason!, status, lane.Failures + 1, now))
            isOver = false;
        lock (_lock)
        {
            Note(e, lane.Failures + 1, reason is null ? "delivered" : isOver ? "dead-letter" : "failed", status, took, reason);
            if (reason is null)
                _lanes.Delivered(lane, now);
            else if (isOver)
                _lanes.GivenUp(lane, now, retryAfter);
            else
                _lanes.Failed(lane, now, reason, retryAfter);
        }
    }

    /// <summary>A dead letter that arrives is one no more; one that fails again says so.</summary>
    private async Task ReplayedAsync(Lane lane, StoredEvent e, SendOutcome outcome, TimeSpan took)
    {
        var (reason, status, _) = Describe(outcome);
        var stream = DeadLetter.StreamOf(_destination.Name, e.Position);
        try
        {
            if (await _store.LoadAsync(stream) is { } stored)
            {
                var letter = DeadLetter.Read(stored.Body);
                ReadOnlyMemory<byte>? state = reason is null
                    ? default(ReadOnlyMemory<byte>?)
                    : (letter with { At = _clock.GetUtcNow(), Reason = reason, Status = status, Failures = letter.Failures + 1 }).Write();
                await _store.CommitAsync(new Commit { Writes = [new StreamWrite(stream, stored.Version, state)] });
            }
        }
        catch (Exception failure)
        {
            _log.LogWarning("What came of a replay for {Destination} could not be kept: {Reason}", _destination.Name, failure.Message);
        }

        lock (_lock)
        {
            Note(e, 1, reason is null ? "delivered" : "dead-letter", status, took, reason);
            _lanes.Replayed(lane);
        }
    }

    /// <summary>False when the store does not take it now: then the event is tried again.</summary>
    private async Task<bool> BuryAsync(StoredEvent e, string reason, int? status, int failures, DateTimeOffset now)
    {
        var letter = new DeadLetter(_destination.Name, e.Position, SubjectOf(e.Envelope), now, reason, status, failures, e.Envelope);
        try
        {
            await _store.CommitAsync(new Commit { Writes = [new StreamWrite(letter.Stream, 0, letter.Write())] });
            Metrics.DeadLetters.Add(1, new KeyValuePair<string, object?>("kind", _destination.Kind));
            return true;
        }
        catch (StaleVersionException)
        {
            // It was kept before a crash.
            return true;
        }
        catch (Exception failure)
        {
            _log.LogWarning("A dead letter of {Destination} could not be kept: {Reason}", _destination.Name, failure.Message);
            return false;
        }
    }

    private static (string? Reason, int? Status, TimeSpan? RetryAfter) Describe(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Delivered delivered => (null, delivered.Status, null),
        SendOutcome.Failed failed => (failed.Reason, failed.Status, failed.RetryAfter),
        SendOutcome.Impossible impossible => (impossible.Reason, impossible.Status, null),
        SendOutcome.Unwanted unwanted => (unwanted.Reason, unwanted.Status, null),
        _ => throw new InvalidOperationException($"Nothing is known of {outcome.GetType().Name}."),
    };

    private void Note(StoredEvent e, int number, string outcome, int? status, TimeSpan took, string? error)
    {
        KeyValuePair<string, object?> kind = new("kind", _destination.Kind);
        Metrics.ForwardingAttempts.Add(1, kind, new("outcome", outcome));
        Metrics.ForwardingDuration.Record(took.TotalSeconds, kind);
        if (_attempts.Count >= AttemptsKeptAtOnce)
            return;
        _attempts.Add(new Attempt(
            _clock.GetUtcNow(), e.Position, $"{Text(e, "id")}", $"{Text(e, "type")}", Text(e, "subject"), number, outcome, status,
            (long)took.TotalMilliseconds, error));
    }

    private static string? Text(StoredEvent e, string attribute) => e.Envelope[attribute].TryGetString(out var text) ? text : null;

    private async Task KeepProgressAsync()
    {
        using var timer = new PeriodicTimer(KeepEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await KeepAsync();
        }
        catch (OperationCanceledException)
        {
            // The last state is kept when everything under way has ended.
        }
    }

    private async Task KeepAsync()
    {
        ForwardingState state;
        List<Attempt> attempts;
        lock (_lock)
        {
            state = new ForwardingState(_lanes.Safe, [.. _lanes.Behind.Select(BehindOf)]);
            attempts = [.. _attempts];
            _attempts.Clear();
        }

        if (state.Position == _kept && attempts.Count == 0 && state.Behind.SequenceEqual(_keptBehind))
            return;
        var stream = ForwardingState.StreamOf(_destination.Name);
        try
        {
            await _store.CommitAsync(new Commit
            {
                Writes = [new StreamWrite(stream, _version, state.Write(), Deliveries.Write(attempts))],
                Forget = _version > RecordsKept && _version % 10 == 0 ? [new RecordLimit(stream, _version - RecordsKept)] : [],
            });
            (_version, _kept, _keptBehind) = (_version + 1, state.Position, state.Behind);
        }
        catch (StaleVersionException)
        {
            _destination.Ended(new ForwardingEnd.TakenOver());
        }
        catch (Exception e)
        {
            // A store that is away for a while: the next round keeps it.
            _log.LogWarning("How far {Destination} is could not be kept: {Reason}", _destination.Name, e.Message);
        }
    }

    private BehindSubject BehindOf(Lane lane) => new(lane.Subject, lane.First ?? _lanes.Seen, lane.FailingSince, lane.Failures, lane.Error);
}
