using System.Text;
using Voltwright.Jq;

namespace Voltwright.Automation.Invocations.AsyncApi;

/// <summary>A message, sent or received (DSL reference, AsyncAPI Inbound and Outbound Message).</summary>
internal sealed record AsyncMessage(JsonValue Payload, JsonObject Headers, string? CorrelationId = null)
{
    public byte[] Body => Payload.TryGetString(out var text) ? Encoding.UTF8.GetBytes(text) : Payload.IsNull ? [] : Payload.ToUtf8();

    /// <summary>A payload that is JSON is taken as such, any other as text.</summary>
    public static AsyncMessage Received(ReadOnlySpan<byte> body, JsonObject headers, string? correlationId = null)
    {
        try
        {
            return new AsyncMessage(body.IsEmpty ? default : JsonValue.Parse(body), headers, correlationId);
        }
        catch (JsonFormatException)
        {
            return new AsyncMessage(Encoding.UTF8.GetString(body), headers, correlationId);
        }
    }

    public JsonObject ToJson()
    {
        var json = JsonObject.Of(("payload", Payload), ("headers", Headers));
        return CorrelationId is null ? json : json.With("correlationId", CorrelationId);
    }

    public IEnumerable<(string Name, string Value)> HeaderTexts => Headers.Select(h => (h.Key, Processes.ProcessRequest.Text(h.Value)));
}
