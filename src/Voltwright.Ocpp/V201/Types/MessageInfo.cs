using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A display message: what, where, when.</summary>
public sealed record MessageInfo : Extensible
{
    public Component? Display { get; init; }
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    public required MessagePriority Priority { get; init; }
    public MessageState? State { get; init; }
    public DateTimeOffset? StartDateTime { get; init; }
    public DateTimeOffset? EndDateTime { get; init; }
    [Text(36)] public string? TransactionId { get; init; }
    public required MessageContent Message { get; init; }
    [Since21, Items(1, 4)] public IReadOnlyList<MessageContent>? MessageExtra { get; init; }
}
