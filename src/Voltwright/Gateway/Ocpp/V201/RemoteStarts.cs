using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>
/// The number by which a station refers to a start that it was asked for. It is made of the session's id, so that it is known again after
/// a restart without being kept.
/// </summary>
internal static class RemoteStarts
{
    public static int NumberOf(string sessionId)
    {
        // FNV-1a; the sign is dropped, since 2.x counts from 0.
        var hash = sessionId.Aggregate(2166136261u, (sum, letter) => (sum ^ letter) * 16777619u);
        return (int)(hash & int.MaxValue);
    }

    public static async Task<SessionEntry?> FindAsync(OcppStation station, int? number) => number is null
        ? null
        : (await station.Grain.Get())?.Sessions.LastOrDefault(entry => NumberOf(entry.Id) == number);
}
