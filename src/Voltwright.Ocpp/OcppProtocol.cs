using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Voltwright.Ocpp;

/// <summary>A version of OCPP: its subprotocol, its messages, its spelling of errors.</summary>
public sealed class OcppProtocol
{
    readonly FrozenDictionary<string, OcppMessage> _byAction;
    readonly FrozenDictionary<Type, OcppMessage> _byRequest;

    public OcppProtocol(string subprotocol, ErrorSpelling errors, JsonSerializerContext json, IReadOnlyList<OcppMessage> messages)
    {
        foreach (var message in messages) message.Bind(json);
        (Subprotocol, Errors, Messages) = (subprotocol, errors, messages);
        _byAction = messages.ToFrozenDictionary(message => message.Action, StringComparer.Ordinal);
        _byRequest = messages.ToFrozenDictionary(message => message.RequestType);
    }

    /// <summary>One of <see cref="Subprotocols"/>.</summary>
    public string Subprotocol { get; }

    public ErrorSpelling Errors { get; }

    public IReadOnlyList<OcppMessage> Messages { get; }

    /// <summary>The message of an action, or null when this version has none of that name.</summary>
    public OcppMessage? Find(string action) => _byAction.GetValueOrDefault(action);

    /// <summary>The message of a request record.</summary>
    /// <exception cref="ArgumentException">The record belongs to another version.</exception>
    public OcppMessage MessageOf(Type request) => _byRequest.TryGetValue(request, out var message)
        ? message
        : throw new ArgumentException($"{request.Name} is no request of {Subprotocol}", nameof(request));
}
