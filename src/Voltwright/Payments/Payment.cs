using System.Text.Json.Serialization;

namespace Voltwright.Payments;

/// <param name="Id">The session's id: a session is paid at most once.</param>
/// <param name="Amount">In minor units.</param>
/// <param name="Reason">Why it was refused; null when it was taken.</param>
[GenerateSerializer, Immutable]
public sealed record Payment(
    string Id, string SessionId, string AccountId, long Amount, string Currency, PaymentStatus Status, DateTimeOffset At,
    string? Reason = null);

[GenerateSerializer, JsonConverter(typeof(KebabCase<PaymentStatus>))]
public enum PaymentStatus
{
    Taken,
    Refused,
}
