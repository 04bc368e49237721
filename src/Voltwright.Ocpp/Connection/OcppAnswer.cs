using System.Text.Json;

namespace Voltwright.Ocpp.Connection;

/// <summary>What a handler says to a CALL.</summary>
public abstract record OcppAnswer
{
    /// <summary>A CALLRESULT with a payload.</summary>
    public sealed record Result(Action<Utf8JsonWriter> WritePayload) : OcppAnswer
    {
        public Result(JsonElement payload) : this(payload.WriteTo)
        {
        }
    }

    /// <summary>A CALLERROR; the code is written in the spelling of the connection's version.</summary>
    public sealed record Error(OcppErrorCode Code, string Description, JsonElement? Details = null) : OcppAnswer;
}

/// <summary>Serves the CALLs of the other end, one at a time and in the order received.</summary>
/// <param name="action">As on the wire; not necessarily an action of the version.</param>
/// <param name="payload">Not yet checked against the action.</param>
/// <param name="cancellation">Set when the connection ends.</param>
public delegate Task<OcppAnswer> OcppHandler(string action, JsonElement payload, CancellationToken cancellation);
