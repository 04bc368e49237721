namespace Voltwright.Automation;

/// <summary>The one that follows the event log for the whole cluster: it starts the runs that events ask for, and wakes those that listen.</summary>
public interface IDispatchGrain : IGrainWithIntegerKey
{
    /// <summary>Called again and again by every node, so that there always is one.</summary>
    Task Keep();

    /// <summary>Before a run's listening is committed: from here on the log waits for it, until taken, released or forgotten.</summary>
    /// <param name="after">The last event that the run is not to hear; null: all that have happened.</param>
    /// <param name="isLate">The dispatcher's place may be beyond that already.</param>
    Task<HeldPlace> Hold(long? after, bool isLate);

    /// <summary>The run's listening is committed. Told again, it changes nothing.</summary>
    Task Take(HeldPlace place, Listening listening);

    Task Release(HeldPlace place);

    /// <summary>The run listens no more.</summary>
    Task Remove(string run);
}

/// <summary>A place in the log that is kept until the run listens from there.</summary>
/// <param name="After">The last event that the run is not to hear.</param>
[GenerateSerializer, Immutable]
public sealed record HeldPlace(Guid Id, long After);

/// <param name="Types">Null: every type.</param>
/// <param name="After">Where the run begins again after every restart; null when it has had all that the dispatcher has seen.</param>
[GenerateSerializer, Immutable]
public sealed record Listening(string Run, IReadOnlyList<string>? Types, long? After);
