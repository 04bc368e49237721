using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.OpenApi;

/// <summary>Calls an operation that a document describes (DSL reference, OpenAPI Call).</summary>
internal sealed class OpenApiCall(HttpCaller caller, IResources resources)
{
    public async Task<JsonValue> CallAsync(JsonValue with, string idempotencyKey, CancellationToken cancellation)
    {
        var text = await resources.ReadAsync(with["document"], cancellation);
        var operation = OpenApiDocument.Read(text, Resource.AddressOf(with["document"])).Find(Processes.ProcessRequest.Text(with["operationId"]));
        var values = with["parameters"].TryGetObject(out var given) ? given : JsonObject.Empty;
        var redirect = with["redirect"].IsTruthy;
        var request = operation.Request(values, RequestAuthorization.Read(with["authentication"]), redirect);
        var answer = await caller.CallAsync(new CallHttp("openapi", idempotencyKey, request), cancellation) switch
        {
            HttpAnswered answered => answered,
            HttpFailed failed => throw InvocationErrors.Of(failed),
            _ => throw new OperationCanceledException(cancellation),
        };
        var content = HttpContentReader.Read(answer);
        if (answer.Status < 200 || answer.Status > (redirect ? 399 : 299))
            throw Refused(answer, content);
        return (with["output"].TryGetString(out var output) ? output : "content") switch
        {
            "raw" => Convert.ToBase64String(answer.Body.Span),
            "response" => JsonObject.Of(
                ("request", JsonObject.Of(("method", request.Method), ("uri", request.Uri), ("headers", request.Headers))),
                ("statusCode", answer.Status),
                ("headers", answer.Headers),
                ("content", content)),
            _ => content,
        };
    }

    private static InvocationException Refused(HttpAnswered answer, JsonValue content)
    {
        const int Longest = 2000;
        var detail = content["detail"].TryGetString(out var why) ? why : HttpContentReader.Text(answer.Body) ?? "";
        return new InvocationException(
            InvocationFailure.Communication, detail.Length <= Longest ? detail : detail[..Longest] + "…", answer.Status);
    }
}
