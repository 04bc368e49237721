using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The messages that a station shows to drivers. OCPP 2.0.1 part 2, block O.</summary>
sealed class Displays
{
    readonly Lock _lock = new();
    readonly SortedDictionary<int, MessageInfo> _messages = [];

    public DisplayMessageStatus Set(MessageInfo message, bool knowsTransaction)
    {
        if (message.TransactionId is not null && !knowsTransaction) return DisplayMessageStatus.UnknownTransaction;
        if (message.Message.Format is not (MessageFormat.ASCII or MessageFormat.UTF8)) return DisplayMessageStatus.NotSupportedMessageFormat;
        lock (_lock) _messages[message.Id] = message;
        return DisplayMessageStatus.Accepted;
    }

    public ClearMessageStatus Clear(int id)
    {
        lock (_lock) return _messages.Remove(id) ? ClearMessageStatus.Accepted : ClearMessageStatus.Unknown;
    }

    public IReadOnlyList<MessageInfo> Find(GetDisplayMessagesRequest asked)
    {
        lock (_lock)
        {
            return
            [
                .. _messages.Values.Where(message => (asked.Id is not { } ids || ids.Contains(message.Id))
                    && (asked.Priority ?? message.Priority) == message.Priority
                    && (asked.State ?? message.State) == message.State),
            ];
        }
    }
}
