using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>The local authorisation list. OCPP 1.6 §3.5.1.</summary>
public sealed class LocalList
{
    readonly Lock _lock = new();
    readonly Dictionary<string, IdTagInfo> _entries = new(StringComparer.OrdinalIgnoreCase);

    public int Version { get; private set; }

    public bool Allows(string idTag)
    {
        lock (_lock) return _entries.TryGetValue(idTag, out var info) && info.Status == AuthorizationStatus.Accepted;
    }

    public UpdateStatus Update(SendLocalListRequest update)
    {
        lock (_lock)
        {
            if (update.UpdateType == UpdateType.Full) _entries.Clear();
            else if (update.ListVersion <= Version) return UpdateStatus.VersionMismatch;
            foreach (var entry in update.LocalAuthorizationList ?? [])
            {
                if (entry.IdTagInfo is { } info) _entries[entry.IdTag] = info;
                else _entries.Remove(entry.IdTag);
            }

            Version = update.ListVersion;
            return UpdateStatus.Accepted;
        }
    }
}
