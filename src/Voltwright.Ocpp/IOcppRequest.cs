namespace Voltwright.Ocpp;

/// <summary>Marks a request payload and names the payload that answers it, so that a call infers its answer's type.</summary>
/// <typeparam name="TResponse">The response record of the same action.</typeparam>
public interface IOcppRequest<TResponse>;
