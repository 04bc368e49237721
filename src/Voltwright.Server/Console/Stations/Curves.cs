using Voltwright.Events;
using Voltwright.Storage;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Stations;

/// <param name="EnergyWh">Since the session began.</param>
public sealed record CurvePoint(DateTimeOffset At, long PowerW, long? EnergyWh);

/// <summary>What flowed when, by the readings in the event log.</summary>
internal static class Curves
{
    private const int MostReadings = 2_000;
    private const int MostPoints = 240;
    private static readonly string[] Types = [EventTypes.MeterValues];

    public static async Task<IReadOnlyList<CurvePoint>> ReadAsync(IStore store, Session session, CancellationToken cancellation)
    {
        var points = new List<CurvePoint>();
        long? before = null;
        while (points.Count < MostReadings)
        {
            var events = await store.FindEventsAsync(new EventQuery(session.StationId, Types), before, 500, cancellation);
            foreach (var e in events)
            {
                if (e.Envelope["data"]["sessionId"] == session.Id && PointOf(e) is { } point)
                    points.Add(point);
            }

            // Readings go backwards in time: those before the session are other sessions'.
            if (events.Count < 500 || Console.Events.EventWords.TimeOf(events[^1].Envelope) < session.OpenedAt - TimeSpan.FromHours(1))
                break;
            before = events[^1].Position;
        }

        points.Sort((a, b) => a.At.CompareTo(b.At));
        return Thin(points);
    }

    private static CurvePoint? PointOf(StoredEvent e)
    {
        var data = e.Envelope["data"];
        return data["powerW"].TryGetInt64(out var power) && Console.Events.EventWords.TimeOf(e.Envelope) is { } at
            ? new CurvePoint(at, power, data["energyWh"].TryGetInt64(out var energy) ? energy : null)
            : null;
    }

    private static List<CurvePoint> Thin(List<CurvePoint> points)
    {
        if (points.Count <= MostPoints)
            return points;
        var step = (double)(points.Count - 1) / (MostPoints - 1);
        return [.. Enumerable.Range(0, MostPoints).Select(i => points[(int)Math.Round(i * step)])];
    }
}
