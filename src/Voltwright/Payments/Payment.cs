using System.Text.Json.Serialization;

namespace Voltwright.Payments;

/// <param name="Id">The session's id: a session is paid at most once.</param>
/// <param name="Amount">In minor units.</param>
/// <param name="Reason">Why it was refused; null when it was taken.</param>
/// <param name="Refunded">How much of it was given back, in minor units; null when nothing was.</param>
[GenerateSerializer, Immutable]
public sealed record Payment(
    string Id, string SessionId, string AccountId, long Amount, string Currency, PaymentStatus Status, DateTimeOffset At,
    string? Reason = null, long? Refunded = null);

[GenerateSerializer, JsonConverter(typeof(KebabCase<PaymentStatus>))]
public enum PaymentStatus
{
    Taken,
    Refused,
}
