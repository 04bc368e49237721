using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for display messages; they follow as NotifyDisplayMessages. OCPP 2.0.1 part 2, block O.</summary>
public sealed record GetDisplayMessagesRequest : Extensible, IOcppRequest<GetDisplayMessagesResponse>
{
    [Items(1), AtLeast(0, Only21 = true)] public IReadOnlyList<int>? Id { get; init; }
    public required int RequestId { get; init; }
    public MessagePriority? Priority { get; init; }
    public MessageState? State { get; init; }
}

/// <summary>Answers <see cref="GetDisplayMessagesRequest"/>.</summary>
public sealed record GetDisplayMessagesResponse : Extensible
{
    public required GetDisplayMessagesStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum GetDisplayMessagesStatus
{
    Accepted,
    Unknown,
}
