using System.Threading.Channels;
using Voltwright.Analytics;

namespace Voltwright.Bench.Analytics;

/// <summary>
/// Fills empty figures with so many sessions that adding them as they end would take an hour. The same rows come out: sessions go in as they
/// are, in the order of their ends; then they are read back, a station at a time, and their sums, which are <see cref="FigureSheet"/>'s, are
/// written once each. Indices are made when all is there, and nothing waits for the disk: what a power failure takes is made again.
/// </summary>
internal static class FiguresFill
{
    /// <summary>So many stations are added up before their sums are written.</summary>
    private const int StationsAtOnce = 20;

    private const string All = "";

    /// <param name="sessions">Each once; none has been added before.</param>
    public static async Task RunAsync(
        Figures figures, IBulkWriter writer, IEnumerable<SessionFact> sessions, IReadOnlyCollection<SeenStation> stations,
        CancellationToken cancellation)
    {
        await figures.AddAsync(0, 0, [], new FigureSheet(), stations, cancellation);
        await writer.DropIndicesAsync(cancellation);
        await writer.WriteAsync("sessions", sessions, Write, cancellation);
        await writer.MakeIndicesAsync(cancellation);
        var sheets = Channel.CreateBounded<FigureSheet>(1);
        await Task.WhenAll(
            Task.Run(() => AddUpAsync(figures, stations, sheets.Writer, cancellation), cancellation),
            Task.Run(() => WriteAsync(sheets.Reader, writer, cancellation), cancellation));
        await writer.SettleAsync(cancellation);
    }

    private static async Task AddUpAsync(
        Figures figures, IReadOnlyCollection<SeenStation> stations, ChannelWriter<FigureSheet> sheets, CancellationToken cancellation)
    {
        try
        {
            foreach (var some in stations.Select(s => s.Id).Order(StringComparer.Ordinal).Chunk(StationsAtOnce))
            {
                var sheet = new FigureSheet();
                foreach (var station in some)
                {
                    await foreach (var session in figures.ReadSessionsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, station, cancellation))
                        sheet.Add(session);
                }

                await sheets.WriteAsync(sheet, cancellation);
            }
        }
        finally
        {
            sheets.Complete();
        }
    }

    private static async Task WriteAsync(ChannelReader<FigureSheet> sheets, IBulkWriter writer, CancellationToken cancellation)
    {
        var together = new Dictionary<FigureKey, Sums>();
        await foreach (var sheet in sheets.ReadAllAsync(cancellation))
        {
            foreach (var (key, sums) in sheet.Cells.Where(c => c.Key.Station == All))
                together[key] = together.GetValueOrDefault(key) + sums;
            await writer.WriteAsync("figures", Counting(sheet.Cells).Where(c => c.Key.Station != All), Write, cancellation);
        }

        await writer.WriteAsync("figures", Counting(together), Write, cancellation);
    }

    /// <summary>Where all sums are none, no row is kept.</summary>
    private static IEnumerable<KeyValuePair<FigureKey, Sums>> Counting(IEnumerable<KeyValuePair<FigureKey, Sums>> cells) =>
        cells.Where(c => c.Value != default);

    private static void Write(IRow row, SessionFact session)
    {
        row.Add(session.Id).Add(session.StationId).Add(session.SlotNumber).Add(session.CardId).Add(session.TariffId).Add(session.Status)
            .Add(session.OpenedAt.ToUnixTimeSeconds()).Add(session.StartedAt?.ToUnixTimeSeconds()).Add(session.EndedAt.ToUnixTimeSeconds())
            .Add(session.EnergyWh).Add(session.IdleSeconds).Add(session.Currency).Add(session.Billed).Add(session.Paid).Add(session.StopReason);
    }

    private static void Write(IRow row, KeyValuePair<FigureKey, Sums> cell)
    {
        var (key, sums) = cell;
        row.Add(key.Grain).Add(key.Station).Add(key.At).Add(key.Kind).Add(key.Label).Add(key.Currency).Add(sums.Number).Add(sums.Seconds)
            .Add(sums.ChargingSeconds).Add(sums.IdleSeconds).Add(sums.WaitSeconds).Add(sums.Waits).Add(sums.EnergyWh).Add(sums.Billed)
            .Add(sums.Paid).Add(sums.PeakW);
    }
}

/// <summary>Puts many rows into one database, by the fastest way that it has.</summary>
internal interface IBulkWriter
{
    Task DropIndicesAsync(CancellationToken cancellation);

    Task MakeIndicesAsync(CancellationToken cancellation);

    /// <summary>Columns are written in the order in which the table has them.</summary>
    Task WriteAsync<T>(string table, IEnumerable<T> rows, Action<IRow, T> write, CancellationToken cancellation);

    /// <summary>What the database does in its own time after so many changes is done.</summary>
    Task SettleAsync(CancellationToken cancellation);
}

/// <summary>The columns of a row, one after the other.</summary>
internal interface IRow
{
    IRow Add(string? text);

    IRow Add(long? number);
}
