using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>An HTTP call (DSL reference, HTTP Call).</summary>
internal sealed class HttpNode(HttpCall call) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        if (!call.Prepare(machine, machine.Current.Input, out var request))
            return Move.Fail;
        var activation = new CallActivation(this) { Request = request, Key = machine.IdempotencyKey() };
        if (!machine.Push(activation))
            return Move.Fail;
        activation.Command = machine.NextId('c');
        machine.Command(activation.Call);
        return Move.Idle;
    }

    public Move Answered(RunMachine machine, CallActivation activation, HttpAnswered answer)
    {
        activation.IsAnswered = true;
        if (answer.Token is { } token)
            machine.Current.Authorization = new HttpAuthorization("Bearer", null, token).Describe();
        var content = HttpContentReader.Read(answer);
        if (answer.Status < 200 || answer.Status > (call.Redirect ? 399 : 299))
            return machine.Raise(HttpErrors.Of(machine, answer, content));
        machine.Value = call.Output switch
        {
            "raw" => Convert.ToBase64String(answer.Body.Span),
            "response" => JsonObject.Of(
                ("request", JsonObject.Of(("method", call.Method), ("uri", activation.Request.Uri), ("headers", activation.Request.Headers))),
                ("statusCode", answer.Status),
                ("headers", answer.Headers),
                ("content", content)),
            _ => content,
        };
        return Move.Finish;
    }

    public static Move Failed(RunMachine machine, CallActivation activation, HttpFailed failure)
    {
        activation.IsAnswered = true;
        return failure.Kind switch
        {
            HttpFailure.Timeout => machine.Raise(ErrorKind.Timeout, failure.Reason),
            HttpFailure.Unauthenticated => machine.Raise(ErrorKind.Authentication, failure.Reason),
            HttpFailure.RefusedAddress => machine.Raise(ErrorKind.Authorization, failure.Reason),
            _ => machine.Raise(machine.Problem(ErrorKind.Communication, failure.Reason).With("status", 503)),
        };
    }

    public override Activation Restore(JsonValue json) => CallActivation.Read(this, json);
}
