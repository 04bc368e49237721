using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi.Transports;

/// <summary>A message is a request; a subscription is a request whose answer is a stream of events, or one message.</summary>
internal sealed class HttpTransport(Outbound outbound, HttpCaller caller) : IMessageTransport
{
    private const int LargestMessage = 8 << 20;

    public async Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation)
    {
        var method = target.Bindings["method"].TryGetString(out var own) ? own.ToUpperInvariant() : "POST";
        var type = message.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        var content = type.TryGetString(out var text) ? text : "application/json";
        var headers = JsonObject.Empty;
        foreach (var (name, value) in message.Headers.Where(h => !h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            headers = headers.With(name, value);
        var spec = new HttpRequestSpec(method, target.Address.AbsoluteUri, headers, message.Payload, content, target.Authorization, false);
        switch (await caller.CallAsync(new CallHttp("asyncapi", idempotencyKey, spec), cancellation))
        {
            case HttpAnswered { Status: < 200 or > 299 } answer:
                throw new InvocationException(InvocationFailure.Communication, $"{target.Address} answered with status {answer.Status}.", answer.Status);
            case HttpFailed failed:
                throw InvocationErrors.Of(failed);
            case null:
                throw new OperationCanceledException(cancellation);
        }
    }

    public async Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation)
    {
        var (uri, handler) = outbound.Http(target.Address);
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream, application/x-ndjson;q=0.9, application/json;q=0.8");
        if (target.AuthorizationHeader is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await client.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvocationException(
                InvocationFailure.Communication, $"{target.Address} answered with status {(int)response.StatusCode}.", (int)response.StatusCode);
        }

        var headers = JsonObject.Empty;
        foreach (var (name, values) in response.Headers.NonValidated)
            headers = headers.With(name, string.Join(", ", values));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        await ReadAsync(reader, response.Content.Headers.ContentType?.MediaType ?? "", data => received(Message(data, headers)), cancellation);
    }

    private static async Task ReadAsync(StreamReader reader, string type, Action<string> received, CancellationToken cancellation)
    {
        var isEvents = type == "text/event-stream";
        var isLines = type is "application/x-ndjson" or "application/jsonl" or "application/json-seq";
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (isEvents && line.Length > 0 && !line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            if (isEvents && line.Length > 0)
                data.Append(data.Length > 0 ? "\n" : "").Append(line.AsSpan(line.Length > 5 && line[5] == ' ' ? 6 : 5));
            else if (!isEvents)
                data.Append(data.Length > 0 ? "\n" : "").Append(line.AsSpan().Trim('\u001e'));
            if (data.Length > LargestMessage)
                throw new InvocationException(InvocationFailure.Communication, $"A message is larger than {LargestMessage} characters.", 502);
            if (data.Length > 0 && (isLines || (isEvents && line.Length == 0)))
            {
                received(data.ToString());
                data.Clear();
            }
        }

        if (data.Length > 0 && !isEvents)
            received(data.ToString());
    }

    private static AsyncMessage Message(string data, JsonObject headers) => AsyncMessage.Received(Encoding.UTF8.GetBytes(data), headers);
}
