namespace Voltwright.Workflows.Expressions;

/// <summary>The clock of one step: stands at the instant of its event, so that <c>now</c> is the same in every replay.</summary>
internal sealed class FixedTime(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;

    public override long GetTimestamp() => 0;
}
