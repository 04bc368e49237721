namespace Voltwright.Storage;

/// <summary>
/// That several processes share the timers: each fires those it set itself, and one of them also those that are overdue because
/// whoever set them is gone.
/// </summary>
/// <param name="IsSenior">Whether this process is that one at the moment.</param>
public sealed record TimerSharing(Func<bool> IsSenior);
