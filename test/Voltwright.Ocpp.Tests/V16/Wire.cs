using System.Text.Json;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.V16;

/// <summary>Holds a record against its text on the wire, in both directions and to the letter.</summary>
static class Wire
{
    public static void Request<TResponse>(IOcppRequest<TResponse> request, string text)
    {
        var message = Ocpp16.Protocol.MessageOf(request.GetType());
        Same(text, JsonSerializer.Serialize(request, message.RequestInfo));
        Assert.Empty(message.Request.Check(JsonElement.Parse(text), Lenience.None));
        Same(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, message.RequestInfo), message.RequestInfo));
    }

    public static void Response<TResponse>(TResponse response, string text)
        where TResponse : notnull
    {
        var message = Ocpp16.Protocol.Messages.Single(candidate => candidate.ResponseType == typeof(TResponse));
        Same(text, JsonSerializer.Serialize(response, message.ResponseInfo));
        Assert.IsType<PayloadReading<TResponse>.Valid>(
            Payload.ReadResponse<TResponse>(message, JsonElement.Parse(text), Lenience.None));
    }

    static void Same(string expected, string actual) => Assert.Equal(expected.ReplaceLineEndings("").Replace("  ", ""), actual);
}
