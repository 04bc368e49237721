using System.Text.Json;

namespace Voltwright.Ocpp.Connection;

/// <summary>How a CALL ended.</summary>
/// <typeparam name="T">The response record, or <see cref="JsonElement"/> for raw calls.</typeparam>
public abstract record CallOutcome<T>
{
    public sealed record Answered(T Response) : CallOutcome<T>;

    /// <summary>
    /// A CALLERROR with the code as the other end spelt it; or this end refuses: the answer breaks its schema, the queue is full.
    /// </summary>
    public sealed record Refused(string Code, string Description, JsonElement? Details = null) : CallOutcome<T>;

    /// <summary>No answer within the time allowed, waiting for earlier calls included. It may still have been carried out.</summary>
    public sealed record TimedOut(TimeSpan After) : CallOutcome<T>;

    /// <summary>The connection ended first. It may still have been carried out.</summary>
    public sealed record Disconnected : CallOutcome<T>;

    /// <summary>The same outcome for another type; an answer goes through <paramref name="read"/>.</summary>
    public CallOutcome<TOther> Then<TOther>(Func<T, CallOutcome<TOther>> read) => this switch
    {
        Answered answered => read(answered.Response),
        Refused refused => new CallOutcome<TOther>.Refused(refused.Code, refused.Description, refused.Details),
        TimedOut timedOut => new CallOutcome<TOther>.TimedOut(timedOut.After),
        _ => new CallOutcome<TOther>.Disconnected(),
    };
}
