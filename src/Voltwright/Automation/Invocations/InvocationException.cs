using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>An invocation came to nothing. Thrown inside one; the edge to the run makes an error of it.</summary>
internal sealed class InvocationException(InvocationFailure failure, string detail, int? status = null, Exception? inner = null)
    : Exception(detail, inner)
{
    public InvocationFailure Failure { get; } = failure;

    /// <summary>Null: the usual status of that kind of error.</summary>
    public int? Status { get; } = status;
}
