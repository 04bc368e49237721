using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Puts a message on the station's display. OCPP 2.0.1 part 2, block O.</summary>
public sealed record SetDisplayMessageRequest : Extensible, IOcppRequest<SetDisplayMessageResponse>
{
    public required MessageInfo Message { get; init; }
}

/// <summary>Answers <see cref="SetDisplayMessageRequest"/>.</summary>
public sealed record SetDisplayMessageResponse : Extensible
{
    public required DisplayMessageStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum DisplayMessageStatus
{
    Accepted,
    NotSupportedMessageFormat,
    Rejected,
    NotSupportedPriority,
    NotSupportedState,
    UnknownTransaction,
    [Since21] LanguageNotSupported,
}
