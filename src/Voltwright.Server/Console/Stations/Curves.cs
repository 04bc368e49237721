using Voltwright.Storage;

namespace Voltwright.Server.Console.Stations;

/// <param name="EnergyWh">Since the session began.</param>
public sealed record CurvePoint(DateTimeOffset At, long PowerW, long? EnergyWh);

/// <summary>What flowed when, by a session's readings.</summary>
internal static class Curves
{
    private const int MostPoints = 240;

    /// <summary>At most as many points as a picture has room for, oldest first.</summary>
    public static IReadOnlyList<CurvePoint> Of(IEnumerable<StoredEvent> readings) =>
        Thin([.. readings.Select(PointOf).OfType<CurvePoint>().OrderBy(p => p.At)]);

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
