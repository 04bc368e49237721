using System.Text.Json;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Connection;

/// <summary>
/// Which handler serves which action, for all connections of one version. Payloads are checked before a typed handler sees them:
/// an unknown action is NotImplemented, one without a handler NotSupported, a payload that does not conform gets the code of its problems.
/// </summary>
/// <typeparam name="TContext">What handlers need to know of their connection.</typeparam>
public sealed class HandlerTable<TContext>(OcppProtocol protocol, Lenience? lenience = null)
{
    readonly Lenience _lenience = lenience ?? Lenience.Field;
    readonly Dictionary<string, Func<TContext, JsonElement, CancellationToken, Task<OcppAnswer>>> _handlers = new(StringComparer.Ordinal);

    /// <summary>The actions served.</summary>
    public IReadOnlyCollection<string> Actions => _handlers.Keys;

    /// <summary>Serves the action of <typeparamref name="TRequest"/>.</summary>
    /// <exception cref="ArgumentException">The record belongs to another version, or the action has a handler already.</exception>
    public HandlerTable<TContext> On<TRequest, TResponse>(Func<TContext, TRequest, CancellationToken, Task<TResponse>> handle)
        where TRequest : IOcppRequest<TResponse>
        where TResponse : notnull
    {
        var message = protocol.MessageOf(typeof(TRequest));
        return OnRaw(message.Action, async (context, payload, cancellation) =>
        {
            switch (Payload.ReadRequest<TRequest>(message, payload, _lenience))
            {
                case PayloadReading<TRequest>.Invalid invalid:
                    return new OcppAnswer.Error(invalid.Code, invalid.Description, ProblemDetails.Of(invalid.Problems, protocol));
                case PayloadReading<TRequest>.Valid valid:
                    var response = await handle(context, valid.Value, cancellation);
                    return new OcppAnswer.Result(writer => JsonSerializer.Serialize(writer, response, message.ResponseInfo));
                default:
                    throw new InvalidOperationException("a reading is valid or invalid");
            }
        });
    }

    /// <summary>Serves an action with its payload unchecked, also one that the version does not have.</summary>
    /// <exception cref="ArgumentException">The action has a handler already.</exception>
    public HandlerTable<TContext> OnRaw(string action, Func<TContext, JsonElement, CancellationToken, Task<OcppAnswer>> handle)
    {
        _handlers.Add(action, handle);
        return this;
    }

    /// <summary>The table as the handler of one connection.</summary>
    public OcppHandler For(TContext context) => (action, payload, cancellation) => HandleAsync(context, action, payload, cancellation);

    public Task<OcppAnswer> HandleAsync(TContext context, string action, JsonElement payload, CancellationToken cancellation)
    {
        if (_handlers.TryGetValue(action, out var handle)) return handle(context, payload, cancellation);
        return Task.FromResult<OcppAnswer>(protocol.Find(action) is null
            ? new OcppAnswer.Error(OcppErrorCode.NotImplemented, $"{protocol.Subprotocol} has no such action")
            : new OcppAnswer.Error(OcppErrorCode.NotSupported, $"{action} is not served by this end"));
    }
}
