using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>Something that happened to a run, in the order in which the host applies it.</summary>
/// <param name="At">The only clock the run knows.</param>
public abstract record RunEvent(DateTimeOffset At);

/// <summary>The answer to a <see cref="CallHttp"/>, whatever its status.</summary>
/// <param name="Headers">Name → value, several values of one name joined by a comma.</param>
/// <param name="Uri">The address that answered, when redirects were followed.</param>
/// <param name="Token">The bearer token the host got for the call, for <c>$authorization</c>. Never written down.</param>
public sealed record HttpAnswered(
    DateTimeOffset At, string CommandId, int Status, JsonObject Headers, ReadOnlyMemory<byte> Body, string? Uri = null, string? Token = null)
    : RunEvent(At);

/// <summary>A <see cref="CallHttp"/> got no answer.</summary>
public sealed record HttpFailed(DateTimeOffset At, string CommandId, HttpFailure Kind, string Reason) : RunEvent(At);

/// <summary>A <see cref="SetTimer"/> is due.</summary>
public sealed record TimerFired(DateTimeOffset At, string TimerId) : RunEvent(At);

/// <summary>A CloudEvent that a <see cref="Subscribe"/> asked for.</summary>
public sealed record EventArrived(DateTimeOffset At, JsonValue CloudEvent) : RunEvent(At);

/// <summary>The run that a <see cref="StartChild"/> started is over, or could not be started.</summary>
/// <param name="Status">One of the three final ones; faulted when there is no such workflow.</param>
/// <param name="Error">Problem details, unless completed; with a detail but no type when it could not be started.</param>
public sealed record ChildEnded(DateTimeOffset At, string CommandId, RunStatus Status, JsonValue Output, JsonValue Error) : RunEvent(At);

/// <summary>An <see cref="Invoke"/> is done.</summary>
public sealed record Invoked(DateTimeOffset At, string CommandId, JsonValue Output) : RunEvent(At);

/// <summary>An <see cref="Invoke"/> has a message for the run, and goes on.</summary>
public sealed record InvokeProgress(DateTimeOffset At, string CommandId, JsonValue Message) : RunEvent(At);

/// <summary>An <see cref="Invoke"/> came to nothing.</summary>
/// <param name="Status">Null: the usual status of that kind of error.</param>
public sealed record InvokeFailed(DateTimeOffset At, string CommandId, InvocationFailure Kind, int? Status, string Detail) : RunEvent(At);

/// <summary>Someone stops the run for good.</summary>
public sealed record Cancel(DateTimeOffset At) : RunEvent(At);

/// <summary>Someone pauses the run: what arrives meanwhile is kept and applied on <see cref="Resume"/>.</summary>
public sealed record Suspend(DateTimeOffset At) : RunEvent(At);

public sealed record Resume(DateTimeOffset At) : RunEvent(At);

/// <summary>Someone lets a faulted run go on: the task that failed begins anew, its calls under the same idempotency keys.</summary>
public sealed record Retry(DateTimeOffset At) : RunEvent(At);

/// <summary>The host cannot go on with the run: it faults where it stands, and can be retried.</summary>
public sealed record Abort(DateTimeOffset At, string Reason) : RunEvent(At);

/// <summary>Why a call got no answer.</summary>
public enum HttpFailure
{
    /// <summary>No connection, or it broke: error <c>communication</c>, 503.</summary>
    Connection,

    /// <summary>The host's own limit passed: error <c>timeout</c>, 408.</summary>
    Timeout,

    /// <summary>The operator does not allow that address: error <c>authorization</c>, 403.</summary>
    RefusedAddress,

    /// <summary>The authority gave no token: error <c>authentication</c>, 401.</summary>
    Unauthenticated,
}

/// <summary>The standard errors that an invocation can end in.</summary>
public enum InvocationFailure
{
    Configuration,
    Validation,
    Authentication,
    Authorization,
    Timeout,
    Communication,
    Runtime,
}
