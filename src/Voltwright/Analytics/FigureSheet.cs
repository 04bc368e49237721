using System.Runtime.InteropServices;

namespace Voltwright.Analytics;

/// <summary>What is to be added to the figures.</summary>
public sealed class FigureSheet
{
    private const string All = "";
    private const int LongestLabel = 100;

    private readonly Dictionary<FigureKey, Sums> _cells = [];

    public IReadOnlyDictionary<FigureKey, Sums> Cells => _cells;

    public void Add(SessionFact session) => Add(session, sums => sums);

    /// <summary>Takes back what <see cref="Add(SessionFact)"/> added.</summary>
    public void TakeBack(SessionFact session) => Add(session, sums => -sums);

    public void AddRefusal(string station, DateTimeOffset at, string decision) =>
        Add(station, at, FigureKinds.Refused, decision, new Sums(Number: 1));

    public void AddFault(string station, DateTimeOffset at, string code) => Add(station, at, FigureKinds.Fault, code, new Sums(Number: 1));

    /// <summary>The station was away, and is back.</summary>
    public void AddOffline(string station, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var (at, seconds) in Grains.Hours(from, to))
            Add(station, at, FigureKinds.Offline, "", new Sums(Seconds: seconds));
    }

    /// <param name="stationW">What the station gives at that moment.</param>
    /// <param name="allW">What all stations together give.</param>
    public void AddPower(string station, DateTimeOffset at, long stationW, long allW)
    {
        AddAt(station, at, FigureKinds.Peak, "", "", new Sums(PeakW: stationW));
        AddAt(All, at, FigureKinds.Peak, "", "", new Sums(PeakW: allW));
    }

    private void Add(SessionFact session, Func<Sums, Sums> sign)
    {
        if (session.StartedAt is not { } start)
        {
            Add(session.StationId, session.EndedAt, FigureKinds.Left, session.Status, sign(new Sums(Number: 1)));
            return;
        }

        foreach (var (at, seconds) in Grains.Hours(start, session.EndedAt))
            Add(session.StationId, at, FigureKinds.Session, session.TariffId, sign(new Sums(Seconds: seconds)), session.Currency);
        Add(session.StationId, session.EndedAt, FigureKinds.Session, session.TariffId, sign(new Sums(
            Number: 1, ChargingSeconds: session.ChargingSeconds, IdleSeconds: session.Seconds - session.ChargingSeconds,
            WaitSeconds: session.WaitSeconds ?? 0, Waits: session.WaitSeconds is null ? 0 : 1, EnergyWh: session.EnergyWh,
            Billed: session.Billed, Paid: session.Paid)), session.Currency);
    }

    private void Add(string station, DateTimeOffset at, string kind, string label, Sums sums, string currency = "")
    {
        AddAt(station, at, kind, label, currency, sums);
        AddAt(All, at, kind, label, currency, sums);
    }

    private void AddAt(string station, DateTimeOffset at, string kind, string label, string currency, Sums sums)
    {
        // Stations name their faults as they like.
        if (label.Length > LongestLabel)
            label = label[..(char.IsHighSurrogate(label[LongestLabel - 1]) ? LongestLabel - 1 : LongestLabel)];
        foreach (var grain in Grains.All)
        {
            ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _cells, new(grain, station, Grains.Floor(at, grain).ToUnixTimeSeconds(), kind, label, currency), out _);
            cell += sums;
        }
    }
}
