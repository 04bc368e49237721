using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Voltwright.Analytics;

public sealed partial class Figures
{
    private const int SessionsAtOnce = 2000;
    private const int StationsAtOnce = 400;
    private const string SessionColumns =
        "id, station, slot, card, tariff, status, opened_at, started_at, ended_at, energy_wh, idle_s, currency, billed, paid, stop_reason";

    private const string SumColumns = "number, seconds, charging_s, idle_s, wait_s, waits, energy_wh, billed, paid, peak_w";

    // The sum of whole numbers is a decimal in PostgreSQL.
    private static readonly string AddedUp = string.Join(", ", SumColumns.Split(", ")[..^1].Select(c => $"CAST(sum({c}) AS bigint)"));

    public Task<List<SeenStation>> ReadStationsAsync(CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            await using var read = new Statement(connection, null, "SELECT station, since, slots, away_since FROM stations ORDER BY station");
            return await read.ReadAsync(
                r => new SeenStation(r.GetString(0), Time(r, 1), (int)r.GetInt64(2), r.IsDBNull(3) ? null : Time(r, 3)), cancellation);
        },
        cancellation);

    /// <summary>The sums of one grain within a period, of one station or, where it is empty, of all together.</summary>
    public Task<List<(FigureKey Key, Sums Sums)>> ReadAsync(
        string grain, string station, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            await using var read = new Statement(
                connection, null,
                $"SELECT station, at, kind, label, currency, {SumColumns} FROM figures "
                + "WHERE grain = @grain AND station = @station AND at >= @from AND at < @to");
            return await read.ReadAsync(
                r => (Key: KeyOf(r, grain), Sums: ReadSums(r)), cancellation, grain, station, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        },
        cancellation);

    /// <summary>The sums of one grain within a period, of some stations added up. The peak is the highest of one of them.</summary>
    public async Task<List<(FigureKey Key, Sums Sums)>> ReadTogetherAsync(
        string grain, IReadOnlyCollection<string> stations, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default)
    {
        var found = new List<(FigureKey Key, Sums Sums)>();
        foreach (var some in stations.Chunk(StationsAtOnce))
        {
            // Parameters are named by letters.
            var names = string.Join(", ", some.Select((_, i) => $"@s{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}"));
            found.AddRange(await AskAsync(
                async connection =>
                {
                    await using var read = new Statement(
                        connection, null,
                        $"""
                        SELECT '', at, kind, label, currency, {AddedUp}, max(peak_w) FROM figures
                        WHERE grain = @grain AND station IN ({names}) AND at >= @from AND at < @to
                        GROUP BY at, kind, label, currency
                        """);
                    return await read.ReadAsync(
                        r => (Key: KeyOf(r, grain), Sums: ReadSums(r)), cancellation,
                        [grain, .. some, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds()]);
                },
                cancellation));
        }

        return found;
    }

    /// <summary>For each station the sums of one grain, added up over a period.</summary>
    public Task<List<(FigureKey Key, Sums Sums)>> ReadByStationAsync(
        string grain, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            // A step into the primary key for each station: no second index is needed to find a short period of all.
            await using var read = new Statement(
                connection, null,
                $"""
                SELECT f.station, min(f.at), f.kind, f.label, f.currency, {AddedUp}, max(peak_w)
                FROM stations s CROSS JOIN figures f
                WHERE f.grain = @grain AND f.station = s.station AND f.at >= @from AND f.at < @to
                GROUP BY f.station, f.kind, f.label, f.currency
                """);
            return await read.ReadAsync(
                r => (Key: KeyOf(r, grain), Sums: ReadSums(r)), cancellation, grain, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        },
        cancellation);

    /// <summary>The sessions that ended within a period, in the order of their ends, read a part at a time.</summary>
    public async IAsyncEnumerable<SessionFact> ReadSessionsAsync(
        DateTimeOffset from, DateTimeOffset to, string? station = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (at, id) = (from.ToUnixTimeSeconds(), "");
        var ofStation = station is null ? "" : "station = @station AND ";
        var sql = $"SELECT {SessionColumns} FROM sessions WHERE {ofStation}(ended_at, id) > (@at, @id) AND ended_at < @to "
            + $"ORDER BY ended_at, id LIMIT {SessionsAtOnce}";
        while (true)
        {
            object?[] after = [at, id, to.ToUnixTimeSeconds()];
            var read = await AskAsync(
                async connection =>
                {
                    await using var statement = new Statement(connection, null, sql);
                    return await statement.ReadAsync(ReadSession, cancellation, station is null ? after : [station, .. after]);
                },
                cancellation);
            foreach (var session in read)
                yield return session;
            if (read.Count < SessionsAtOnce)
                yield break;
            (at, id) = (read[^1].EndedAt.ToUnixTimeSeconds(), read[^1].Id);
        }
    }

    private static FigureKey KeyOf(DbDataReader r, string grain) =>
        new(grain, r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4));

    private static Sums ReadSums(DbDataReader r) => new(
        r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), r.GetInt64(11), r.GetInt64(12),
        r.GetInt64(13), r.GetInt64(14));

    private static SessionFact ReadSession(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), (int)r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetString(5), Time(r, 6),
        r.IsDBNull(7) ? null : Time(r, 7), Time(r, 8), r.GetInt64(9), r.GetInt64(10), r.GetString(11), r.GetInt64(12), r.GetInt64(13),
        r.IsDBNull(14) ? null : r.GetString(14));

    private static DateTimeOffset Time(DbDataReader r, int column) => DateTimeOffset.FromUnixTimeSeconds(r.GetInt64(column));
}
