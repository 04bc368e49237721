using System.Collections.Frozen;
using System.Text.Json;

namespace Voltwright.Ocpp;

/// <summary>A version of OCPP: its subprotocol, its messages, its spelling of errors.</summary>
public sealed class OcppProtocol
{
    readonly FrozenDictionary<string, OcppMessage> _byAction;
    readonly FrozenDictionary<Type, OcppMessage> _byRequest;

    /// <param name="json">Serialises every payload of the messages as this version writes it.</param>
    public OcppProtocol(OcppVersion version, JsonSerializerOptions json, IReadOnlyList<OcppMessage> messages)
    {
        foreach (var message in messages) message.Bind(json);
        (Version, Messages) = (version, messages);
        _byAction = messages.ToFrozenDictionary(message => message.Action, StringComparer.Ordinal);
        _byRequest = messages.ToFrozenDictionary(message => message.RequestType);
    }

    public OcppVersion Version { get; }

    /// <summary>One of <see cref="Subprotocols"/>.</summary>
    public string Subprotocol => Subprotocols.Of(Version);

    public ErrorSpelling Errors => Version == OcppVersion.V16 ? ErrorSpelling.V16 : ErrorSpelling.V2;

    public IReadOnlyList<OcppMessage> Messages { get; }

    /// <summary>The message of an action, or null when this version has none of that name.</summary>
    public OcppMessage? Find(string action) => _byAction.GetValueOrDefault(action);

    /// <summary>The message of a request record.</summary>
    /// <exception cref="ArgumentException">The record belongs to another version.</exception>
    public OcppMessage MessageOf(Type request) => _byRequest.TryGetValue(request, out var message)
        ? message
        : throw new ArgumentException($"{request.Name} is no request of {Subprotocol}", nameof(request));
}
