using Voltwright.Events;

namespace Voltwright.Stations;

/// <summary>Connected or not, told at once; offline, told when it lasts.</summary>
internal static class Presence
{
    public const string Timer = "offline";

    public static void Came(Turn turn, string linkId, string protocol)
    {
        var offlineSince = turn.Station.OfflineSince;

        // A firmware update may have taught it a newer version of its protocol.
        turn.Station = Serving.Again(turn.Station with { Connected = true, LinkId = linkId, Protocol = protocol, OfflineSince = null });
        turn.Tell(EventTypes.Connected, turn.Now, StationEvent.Data(("stationId", turn.Station.Id), ("protocol", protocol), ("linkId", linkId)));
        if (offlineSince is { } since)
        {
            turn.Tell(EventTypes.Online, turn.Now, StationEvent.Data(
                ("stationId", turn.Station.Id), ("offlineSince", StationEvent.Time(since)), ("offlineSeconds", (long)(turn.Now - since).TotalSeconds)));
        }

        turn.Timer(Timer, null);

        // A station that speaks OCPP is to speak first; its gateway sees to it.
        turn.HasUndelivered |= !protocol.StartsWith("ocpp", StringComparison.Ordinal);
    }

    public static void Went(Turn turn, string linkId)
    {
        if (!turn.Station.Connected || turn.Station.LinkId != linkId)
            return;
        turn.Station = turn.Station with { Connected = false, LinkId = null };
        turn.Tell(EventTypes.Disconnected, turn.Now, StationEvent.Data(("stationId", turn.Station.Id), ("linkId", linkId)));
        turn.Timer(Timer, turn.Now + turn.Options.OfflineDebounce);
    }

    public static void TimerDue(Turn turn)
    {
        turn.Timer(Timer, null);
        if (turn.Station is { Connected: true } or { OfflineSince: not null })
            return;
        turn.Station = turn.Station with { OfflineSince = turn.Now - turn.Options.OfflineDebounce };
        turn.Tell(EventTypes.Offline, turn.Now, StationEvent.Data(
            ("stationId", turn.Station.Id), ("since", StationEvent.Time(turn.Station.OfflineSince)),
            ("lastSeenAt", StationEvent.Time(turn.Station.LastSeenAt))));
    }
}
