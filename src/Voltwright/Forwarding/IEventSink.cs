using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>Where events are sent to. Whatever happens out there is an outcome; only a cancellation is thrown.</summary>
public interface IEventSink
{
    Task<SendOutcome> SendAsync(StoredEvent e, CancellationToken cancellation);
}

public abstract record SendOutcome
{
    /// <summary>The receiver has it.</summary>
    public sealed record Delivered(int? Status = null) : SendOutcome;

    /// <summary>It may work later. <paramref name="RetryAfter"/> is what the receiver asked for.</summary>
    public sealed record Failed(string Reason, int? Status = null, TimeSpan? RetryAfter = null) : SendOutcome;

    /// <summary>This event never gets there, however often it is tried.</summary>
    public sealed record Impossible(string Reason, int? Status = null) : SendOutcome;

    /// <summary>The receiver wants no more events at all.</summary>
    public sealed record Unwanted(string Reason, int? Status = null) : SendOutcome;
}
