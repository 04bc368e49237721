using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>What a new run begins with.</summary>
/// <param name="Id">Unique among all runs; <c>$workflow.id</c>, and the root of every idempotency key.</param>
/// <param name="Input">The raw input, before <c>input.schema</c> and <c>input.from</c>.</param>
/// <param name="Secrets">Values by name; only those declared in <c>use.secrets</c> reach the run.</param>
public sealed record RunStart(string Id, JsonValue Input, DateTimeOffset At, IReadOnlyDictionary<string, JsonValue>? Secrets = null);
