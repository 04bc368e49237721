using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp;

/// <summary>One action of a version: its name, who sends it, its payload types and their shapes.</summary>
public sealed class OcppMessage
{
    OcppMessage(OcppVersion version, string action, Sender sender, string profile, Type request, Type response)
    {
        (Action, Sender, Profile, RequestType, ResponseType) = (action, sender, profile, request, response);
        Request = PayloadShape.Of(request, version);
        Response = PayloadShape.Of(response, version);
    }

    /// <summary>Case-sensitive name on the wire, such as <c>StartTransaction</c>.</summary>
    public string Action { get; }

    public Sender Sender { get; }

    /// <summary>The feature profile (1.6) or functional block (2.x) that the action belongs to.</summary>
    public string Profile { get; }

    public Type RequestType { get; }

    public Type ResponseType { get; }

    /// <summary>False for what travels as a SEND.</summary>
    public bool IsAnswered => ResponseType != typeof(NoResponse);

    public PayloadShape Request { get; }

    public PayloadShape Response { get; }

    internal JsonTypeInfo RequestInfo { get; private set; } = null!;

    internal JsonTypeInfo ResponseInfo { get; private set; } = null!;

    public static OcppMessage Of<TRequest, TResponse>(OcppVersion version, Sender sender, string profile)
        where TRequest : IOcppRequest<TResponse> =>
        new(version, typeof(TRequest).Name[..^"Request".Length], sender, profile, typeof(TRequest), typeof(TResponse));

    /// <summary>A request as the JSON that is sent.</summary>
    public JsonElement Write(object request) => JsonSerializer.SerializeToElement(request, RequestInfo);

    internal void Bind(JsonSerializerOptions json) =>
        (RequestInfo, ResponseInfo) = (json.GetTypeInfo(RequestType), json.GetTypeInfo(ResponseType));
}
