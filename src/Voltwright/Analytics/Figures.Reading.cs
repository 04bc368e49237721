using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

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

    /// <summary>For each station the sums of its sessions in one currency, added up over a period; of one tariff where it is named.</summary>
    public Task<List<(FigureKey Key, Sums Sums)>> ReadSessionsByStationAsync(
        string grain, string currency, string? tariff, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            // Grouped by what they are found in the order of, rows need no sorting: most of the time would go there.
            var condition = $"kind = '{FigureKinds.Session}' AND currency = @currency {(tariff is null ? "" : "AND label = @tariff")}";
            await using var read = new Statement(connection, null, ByStation($"'{FigureKinds.Session}', '', ''", condition, null));
            object?[] asked = [grain, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), currency];
            return await read.ReadAsync(
                r => (KeyOf(r, grain) with { Label = tariff ?? "", Currency = currency }, ReadSums(r)), cancellation,
                tariff is null ? asked : [.. asked, tariff]);
        },
        cancellation);

    /// <summary>For each station what else happened there, added up over a period.</summary>
    public Task<List<(FigureKey Key, Sums Sums)>> ReadOthersByStationAsync(
        string grain, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            const string Told = "kind, label, currency";
            await using var read = new Statement(connection, null, ByStation(Told, $"kind <> '{FigureKinds.Session}'", Told));
            return await read.ReadAsync(
                r => (Key: KeyOf(r, grain), Sums: ReadSums(r)), cancellation, grain, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        },
        cancellation);

    /// <summary>A step into the primary key for each station: no second index is needed to find a short period of all.</summary>
    /// <param name="groups">What the sums of a station are told apart by; null for nothing.</param>
    private string ByStation(string columns, string condition, string? groups)
    {
        var where = $"f.grain = @grain AND f.station = s.station AND f.at >= @from AND f.at < @to AND {condition}";
        var sums = $"min(f.at) AS at, {columns}, {AddedUp}, max(peak_w)";
        // PostgreSQL would rather read all of a grain and throw most of it away, unless it is told to go by stations.
        return _source is NpgsqlDataSource
            ? $"SELECT s.station, f.* FROM stations s CROSS JOIN LATERAL (SELECT {sums} FROM figures f WHERE {where} "
                + $"{(groups is null ? "" : $"GROUP BY {groups}")}) f WHERE f.at IS NOT NULL"
            : $"SELECT s.station, {sums} FROM stations s CROSS JOIN figures f WHERE {where} GROUP BY s.station{(groups is null ? "" : $", {groups}")}";
    }

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
