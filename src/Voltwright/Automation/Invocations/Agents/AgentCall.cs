using System.Security.Cryptography;
using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Agents;

/// <summary>Speaks to an agent by A2A (DSL reference, A2A Call): JSON-RPC over HTTP, its streams as server-sent events.</summary>
internal sealed class AgentCall(HttpCaller caller, IResources resources)
{
    public async Task<JsonValue> CallAsync(
        JsonValue with, string idempotencyKey, HttpAuthorization? authorization, CancellationToken cancellation)
    {
        var method = with["method"].TryGetString(out var name) ? name : "";
        var request = JsonObject.Of(("jsonrpc", "2.0"), ("id", idempotencyKey), ("method", method));
        if (ParametersOf(method, with["parameters"], idempotencyKey) is { IsNull: false } parameters)
            request = request.With("params", parameters);
        var isStream = method is "message/stream" or "tasks/resubscribe";
        var headers = JsonObject.Of(("Accept", isStream ? "text/event-stream, application/json" : "application/json"));
        var spec = new HttpRequestSpec("POST", await AddressOfAsync(with, cancellation), headers, request, "application/json", authorization, false);
        var answer = await caller.CallAsync(new CallHttp("a2a", idempotencyKey, spec), cancellation) switch
        {
            HttpAnswered answered => answered,
            HttpFailed failed => throw InvocationErrors.Of(failed),
            _ => throw new OperationCanceledException(cancellation),
        };
        return isStream ? JsonArray.From(Messages(answer).Select(m => ResultOf(m, answer))) : ResultOf(Messages(answer).LastOrDefault(), answer);
    }

    private async Task<string> AddressOfAsync(JsonValue with, CancellationToken cancellation)
    {
        if (with["agentCard"].IsNull)
            return Resource.AddressOf(with["server"]) is { Length: > 0 } server ? server : Resource.AddressOf(JsonObject.Of(("endpoint", with["server"])));
        var text = await resources.ReadAsync(with["agentCard"], cancellation);
        JsonValue card;
        try
        {
            card = JsonValue.Parse(text);
        }
        catch (JsonFormatException e)
        {
            throw new InvocationException(InvocationFailure.Configuration, $"The agent card is no JSON: {e.Message}.", null, e);
        }

        return AddressOn(card) is { } address && Uri.TryCreate(new Uri(Resource.AddressOf(with["agentCard"])), address, out var absolute)
            ? absolute.AbsoluteUri : throw new InvocationException(InvocationFailure.Configuration, "The agent card names no address that speaks JSON-RPC.");
    }

    // 0.3: url with its preferred transport, others beside it; 1.0: a list of interfaces.
    private static string? AddressOn(JsonValue card)
    {
        if (card["url"].TryGetString(out var url) && (card["preferredTransport"].IsNull || card["preferredTransport"] == "JSONRPC"))
            return url;
        foreach (var list in new[] { card["additionalInterfaces"], card["supportedInterfaces"] })
        {
            foreach (var one in list.TryGetArray(out var interfaces) ? interfaces : JsonArray.Empty)
            {
                if ((one["transport"] == "JSONRPC" || one["protocolBinding"] == "JSONRPC") && one["url"].TryGetString(out var address))
                    return address;
            }
        }

        return null;
    }

    // The same message after a crash must be the same message to the agent.
    private static JsonValue ParametersOf(string method, JsonValue given, string idempotencyKey)
    {
        if (method is not ("message/send" or "message/stream"))
            return given;
        var parameters = given.TryGetObject(out var some) ? some : JsonObject.Empty;
        var message = parameters["message"].TryGetObject(out var own) ? own : JsonObject.Empty;
        if (message["messageId"].IsNull)
            message = message.With("messageId", new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16)).ToString());
        if (message["role"].IsNull)
            message = message.With("role", "user");
        if (message["kind"].IsNull)
            message = message.With("kind", "message");
        return parameters.With("message", message);
    }

    private static IEnumerable<JsonValue> Messages(HttpAnswered answer)
    {
        var type = answer.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        var isStream = type.TryGetString(out var text) && text.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        return (isStream ? ServerSentEvents.Data(Encoding.UTF8.GetString(answer.Body.Span)) : [Encoding.UTF8.GetString(answer.Body.Span)])
            .Select(m => Parsed(m, answer)).ToList();
    }

    private static JsonValue Parsed(string message, HttpAnswered answer)
    {
        try
        {
            return JsonValue.Parse(message);
        }
        catch (JsonFormatException)
        {
            throw Failed(answer, answer.Status is >= 200 and < 300 ? "The agent's answer is no JSON." : $"The agent answered with status {answer.Status}.");
        }
    }

    private static JsonValue ResultOf(JsonValue message, HttpAnswered answer)
    {
        if (message["error"] is { IsNull: false } error)
            throw Failed(answer, $"The agent's error {error["code"]}: {(error["message"].TryGetString(out var text) ? text : error.ToString())}");
        return message.TryGetObject(out var members) && members.ContainsKey("result") ? members["result"]
            : throw Failed(answer, $"The agent answered with status {answer.Status} and no result.");
    }

    private static InvocationException Failed(HttpAnswered answer, string detail) =>
        new(InvocationFailure.Runtime, detail, answer.Status is >= 400 and <= 599 ? answer.Status : null);
}
