namespace Voltwright.Forwarding;

/// <summary>How eagerly and how patiently events are sent to one destination.</summary>
[GenerateSerializer, Immutable]
public sealed record ForwardingPolicy
{
    /// <summary>Events under way at one moment, each of another subject.</summary>
    [Id(0)]
    public int Concurrency { get; init; } = 8;

    /// <summary>How long the receiver has for its answer.</summary>
    [Id(1)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait after a first failure; it doubles with each further one.</summary>
    [Id(2)]
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    [Id(3)]
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one event is tried before it becomes a dead letter and the next of its subject has its turn.</summary>
    [Id(4)]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Failures one after the other, whatever the subject, from which on a single event at a time probes the receiver.</summary>
    [Id(5)]
    public int DownAfter { get; init; } = 5;

    /// <summary>Events held in memory; more stay in the log.</summary>
    [Id(6)]
    public int HeldAtMost { get; init; } = 1_000;

    /// <summary>Events of one subject held in memory; more stay in the log.</summary>
    [Id(7)]
    public int HeldOfOneSubject { get; init; } = 64;

    /// <summary>Twice as long after each failure, and somewhat random, so that receivers are not hit in step.</summary>
    /// <param name="failures">One after the other; from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan DelayAfter(int failures, double random, TimeSpan? asked = null)
    {
        var doubled = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        var bounded = doubled < LongestDelay ? doubled : LongestDelay;
        var jittered = bounded * (0.5 + (random / 2));
        return asked is { } wanted && wanted > jittered ? wanted : jittered;
    }
}
