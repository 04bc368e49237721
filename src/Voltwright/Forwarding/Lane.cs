using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>The events of one subject on their way to one destination: one at a time, in order.</summary>
internal sealed class Lane(string subject)
{
    public string Subject => subject;

    /// <summary>The first is the next to be sent, and stays until that is done with.</summary>
    public Queue<StoredEvent> Waiting { get; } = new();

    /// <summary>Dead letters that somebody wants to be tried once more. They come first, and do not hold up what follows.</summary>
    public Queue<StoredEvent> Replays { get; } = new();

    public bool IsBusy { get; set; }

    /// <summary>How often the first event failed.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? FailingSince { get; set; }

    public DateTimeOffset RetryAt { get; set; }

    public string? Error { get; set; }

    /// <summary>From this position on, the subject's events are in the log only; null when all that were seen are here.</summary>
    public long? LogFrom { get; set; }

    /// <summary>What is in the log is being fetched at this moment.</summary>
    public bool IsFetching { get; set; }

    public bool IsFailing => Failures > 0;

    public bool IsDone => !IsBusy && Waiting.Count == 0 && Replays.Count == 0 && LogFrom is null;

    /// <summary>The position of the first event that is not delivered, or an earlier one.</summary>
    public long? First => Waiting.TryPeek(out var head) ? head.Position : LogFrom;

    /// <summary>Keeps the first event only: a subject that fails for long costs no memory.</summary>
    public void LeaveToLog()
    {
        if (Waiting.Count <= 1)
            return;
        var head = Waiting.Dequeue();
        LogFrom = Waiting.Peek().Position;
        Waiting.Clear();
        Waiting.Enqueue(head);
    }
}
