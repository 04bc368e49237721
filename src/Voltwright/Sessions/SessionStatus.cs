using System.Text.Json.Serialization;

namespace Voltwright.Sessions;

/// <summary>leased → started → charging → ended → paid or unpaid; leased or started → expired.</summary>
[GenerateSerializer, JsonConverter(typeof(KebabCase<SessionStatus>))]
public enum SessionStatus
{
    /// <summary>A slot is kept for the card.</summary>
    Leased,

    /// <summary>The station was asked to start; nothing flows yet.</summary>
    Started,

    /// <summary>The station said that it charges.</summary>
    Charging,

    Ended,
    Paid,

    /// <summary>The payment was refused; it can be tried again.</summary>
    Unpaid,

    /// <summary>Nobody plugged in before the lease ran out, or it was given back.</summary>
    Expired,
}
