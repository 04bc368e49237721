using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A part of the display messages asked for. OCPP 2.0.1 part 2, block O.</summary>
public sealed record NotifyDisplayMessagesRequest : Extensible, IOcppRequest<NotifyDisplayMessagesResponse>
{
    [Items(1)] public IReadOnlyList<MessageInfo>? MessageInfo { get; init; }
    public required int RequestId { get; init; }
    public bool? Tbc { get; init; }
}

/// <summary>Answers <see cref="NotifyDisplayMessagesRequest"/>.</summary>
public sealed record NotifyDisplayMessagesResponse : Extensible;
