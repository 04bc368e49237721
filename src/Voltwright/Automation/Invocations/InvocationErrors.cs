using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>What became of a request that an invocation made on its way.</summary>
internal static class InvocationErrors
{
    public static InvocationException Of(HttpFailed failed) => failed.Kind switch
    {
        HttpFailure.Timeout => new InvocationException(InvocationFailure.Timeout, failed.Reason),
        HttpFailure.Unauthenticated => new InvocationException(InvocationFailure.Authentication, failed.Reason),
        HttpFailure.RefusedAddress => new InvocationException(InvocationFailure.Authorization, failed.Reason),
        _ => new InvocationException(InvocationFailure.Communication, failed.Reason, 503),
    };
}
