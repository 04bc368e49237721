using System.Text.Json.Serialization.Metadata;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp;

/// <summary>One action of a version: its name, who sends it, its payload types and their shapes.</summary>
public sealed class OcppMessage
{
    OcppMessage(string action, Sender sender, string profile, Type request, Type response)
    {
        (Action, Sender, Profile, RequestType, ResponseType) = (action, sender, profile, request, response);
        Request = PayloadShape.Of(request);
        Response = PayloadShape.Of(response);
    }

    /// <summary>Case-sensitive name on the wire, such as <c>StartTransaction</c>.</summary>
    public string Action { get; }

    public Sender Sender { get; }

    /// <summary>The feature profile (1.6) or functional block (2.x) that the action belongs to.</summary>
    public string Profile { get; }

    public Type RequestType { get; }

    public Type ResponseType { get; }

    public PayloadShape Request { get; }

    public PayloadShape Response { get; }

    internal JsonTypeInfo RequestInfo { get; private set; } = null!;

    internal JsonTypeInfo ResponseInfo { get; private set; } = null!;

    public static OcppMessage Of<TRequest, TResponse>(string action, Sender sender, string profile)
        where TRequest : IOcppRequest<TResponse> => new(action, sender, profile, typeof(TRequest), typeof(TResponse));

    internal void Bind(System.Text.Json.Serialization.JsonSerializerContext context)
    {
        RequestInfo = InfoOf(context, RequestType);
        ResponseInfo = InfoOf(context, ResponseType);
    }

    static JsonTypeInfo InfoOf(System.Text.Json.Serialization.JsonSerializerContext context, Type type) =>
        context.GetTypeInfo(type) ?? throw new ArgumentException($"{context.GetType().Name} does not serialise {type.Name}");
}
