using Voltwright.Jq;
using Voltwright.Workflows.Http;

namespace Voltwright.Workflows.Runs;

/// <summary>Something a run wants from its host. Released only after the state that asks for it is durable.</summary>
/// <param name="Id">Unique within the run; the answering <see cref="RunEvent"/> names it.</param>
public abstract record RunCommand(string Id);

/// <summary>Make an HTTP request, then apply <see cref="HttpAnswered"/> or <see cref="HttpFailed"/>.</summary>
/// <param name="IdempotencyKey">The same for every repetition of one logical call, after a crash or by a retry; printable ASCII.</param>
public sealed record CallHttp(string Id, string IdempotencyKey, HttpRequestSpec Request) : RunCommand(Id);

/// <summary>Publish an event. Nothing is answered: it belongs to the commit of the state it came with.</summary>
/// <param name="CloudEvent">A complete CloudEvents 1.0 envelope.</param>
public sealed record Emit(string Id, JsonValue CloudEvent) : RunCommand(Id);

/// <summary>Apply <see cref="TimerFired"/> at or after that instant.</summary>
public sealed record SetTimer(string Id, DateTimeOffset DueAt) : RunCommand(Id);

/// <summary>Forget a timer. Firing it all the same is harmless.</summary>
public sealed record ClearTimer(string Id) : RunCommand(Id);

/// <summary>Give up a call whose answer nobody awaits any more. Answering it all the same is harmless.</summary>
public sealed record CancelCall(string Id) : RunCommand(Id);

/// <summary>
/// From now on hand every CloudEvent of these types to the run as <see cref="EventArrived"/>; the run itself decides what it takes.
/// Asked for once, when the run begins, so that no event is lost before or between its <c>listen</c> tasks.
/// </summary>
/// <param name="Types">Null: events of every type.</param>
public sealed record Subscribe(string Id, IReadOnlyList<string>? Types) : RunCommand(Id);

/// <summary>The run wants no more events.</summary>
public sealed record Unsubscribe(string Id) : RunCommand(Id);

/// <summary>Start a run of another workflow.</summary>
/// <param name="Version">A semantic version, or <c>latest</c>.</param>
/// <param name="IsAwaited">Whether <see cref="ChildEnded"/> is to be applied when that run is over.</param>
public sealed record StartChild(
    string Id, string IdempotencyKey, string Namespace, string Name, string Version, JsonValue Input, bool IsAwaited) : RunCommand(Id);

/// <summary>Cancel the run that <see cref="StartChild"/> started: nobody awaits it any more.</summary>
public sealed record CancelChild(string Id) : RunCommand(Id);

/// <summary>
/// Do what a <c>call</c> other than HTTP, or a <c>run</c> other than of a workflow, asks for; then apply <see cref="Invoked"/> or
/// <see cref="InvokeFailed"/>, and before it <see cref="InvokeProgress"/> any number of times. May be asked for again after a crash.
/// </summary>
/// <param name="IdempotencyKey">The same for every repetition of one logical invocation; printable ASCII.</param>
/// <param name="Kind"><c>openapi</c>, <c>grpc</c>, <c>asyncapi</c>, <c>a2a</c>, <c>mcp</c>, <c>container</c>, <c>script</c> or <c>shell</c>.</param>
/// <param name="Request">
/// A call: its <c>with</c>. A run: <c>process</c>, <c>await</c> and <c>return</c>. Every expression and URI template is evaluated; an
/// <c>authentication</c> has become <c>{"scheme", "user"?, "credential"}</c>. It may hold secrets: stored only by way of the run's state.
/// </param>
public sealed record Invoke(string Id, string IdempotencyKey, string Kind, JsonValue Request) : RunCommand(Id)
{
    /// <summary>Only what kind it is: logs are no place for what is sent.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>Give up an invocation whose result nobody awaits any more. Answering it all the same is harmless.</summary>
public sealed record CancelInvoke(string Id) : RunCommand(Id);
