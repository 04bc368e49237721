using Grpc.Core;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>A status of gRPC as the error of a run: the HTTP status that gRPC's own gateways translate it to.</summary>
internal static class GrpcStatus
{
    public static InvocationException ErrorOf(RpcException e) =>
        new(InvocationFailure.Communication, $"{e.StatusCode}: {e.Status.Detail}", HttpStatus(e.StatusCode), e);

    public static int HttpStatus(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists or StatusCode.Aborted => 409,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Cancelled => 499,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        StatusCode.DeadlineExceeded => 504,
        _ => 500,
    };
}
