using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Removes a message from the station's display. OCPP 2.0.1 part 2, block O.</summary>
public sealed record ClearDisplayMessageRequest : Extensible, IOcppRequest<ClearDisplayMessageResponse>
{
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
}

/// <summary>Answers <see cref="ClearDisplayMessageRequest"/>.</summary>
public sealed record ClearDisplayMessageResponse : Extensible
{
    public required ClearMessageStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ClearMessageStatus
{
    Accepted,
    Unknown,
    [Since21] Rejected,
}
