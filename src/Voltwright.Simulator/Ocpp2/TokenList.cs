using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The local authorization list. OCPP 2.0.1 part 2, block D.</summary>
public sealed class TokenList
{
    readonly Lock _lock = new();
    readonly Dictionary<string, IdTokenInfo> _entries = new(StringComparer.OrdinalIgnoreCase);

    public int Version { get; private set; }

    public bool Allows(string cardId)
    {
        lock (_lock) return _entries.TryGetValue(cardId, out var info) && info.Status == AuthorizationStatus.Accepted;
    }

    internal SendLocalListStatus Update(SendLocalListRequest update)
    {
        lock (_lock)
        {
            if (update.UpdateType == UpdateType.Full) _entries.Clear();
            else if (update.VersionNumber <= Version) return SendLocalListStatus.VersionMismatch;
            foreach (var entry in update.LocalAuthorizationList ?? [])
            {
                if (entry.IdTokenInfo is { } info) _entries[entry.IdToken.Value] = info;
                else _entries.Remove(entry.IdToken.Value);
            }

            Version = update.VersionNumber;
            return SendLocalListStatus.Accepted;
        }
    }
}
