using System.Globalization;

namespace Voltwright.Analytics;

/// <summary>Answers questions from the figures: any period is put together from a few months, days and hours.</summary>
public sealed class Analyst(Figures figures, TimeProvider clock)
{
    /// <summary>More rows than that nobody reads.</summary>
    public const int MostRows = 5000;

    /// <summary>When a day begins by the clocks of a zone.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => Grains.Start(day.ToDateTime(TimeOnly.MinValue), zone);

    public static DateTimeOffset HourOf(DateTimeOffset at) => Grains.Floor(at, Grains.Hour);

    /// <summary>Why the question cannot be answered; null when it can.</summary>
    public static string? Objection(AnalyticsQuestion question)
    {
        if (question.From >= question.To)
            return "from must be before to, by an hour at least.";
        if (question.From.Year < 2000 || question.To.Year > 2200)
            return "from and to must be between 2000 and 2200.";
        var rows = GrainOf(question.By) is { } grain ? Buckets(question, grain).Take(MostRows + 1).Count() : 0;
        return rows > MostRows ? $"That would be more than {MostRows} rows: ask for a shorter period, or by day or month." : null;
    }

    /// <exception cref="ArgumentException">The question cannot be answered: see <see cref="Objection"/>.</exception>
    public async Task<AnalyticsReport> AskAsync(AnalyticsQuestion question, CancellationToken cancellation = default)
    {
        if (Objection(question) is { } objection)
            throw new ArgumentException(objection, nameof(question));
        var stations = await figures.ReadStationsAsync(cancellation);
        if (question.StationId is { } wanted)
            stations = [.. stations.Where(s => s.Id == wanted)];
        if (question.Stations is { } seen)
            stations = [.. stations.Where(s => seen.Contains(s.Id))];
        var time = new StationTime(stations, clock.GetUtcNow());
        var grain = GrainOf(question.By);
        // What is kept by day is kept by the days of UTC: those of elsewhere are put together from hours.
        var coarsest = grain is null ? Grains.Month : question.Zone == TimeZoneInfo.Utc ? grain : Grains.Hour;
        var read = Of(question, await ReadAsync(question, coarsest, stations, cancellation));
        var total = new Summary();
        foreach (var (key, sums) in read)
            total.Add(key, sums);
        var rows = question.By switch
        {
            AnalyticsBy.Station => await ByStationAsync(question, read, stations, s => s, time, cancellation),
            AnalyticsBy.Site => await ByStationAsync(question, read, stations, question.SiteOf, time, cancellation),
            AnalyticsBy.Tariff => ByTariff(read),
            _ => ByTime(question, read, grain!, time),
        };
        KnownTime? all = question.TariffId is null ? time.Between(question.From, question.To) : null;
        return new(
            question.From, question.To, question.By, question.StationId, question.TariffId, total.Of(all), rows,
            Counts(read, FigureKinds.Fault), Counts(read, FigureKinds.Refused), question.SiteId, question.Zone.Id);
    }

    private static string? GrainOf(AnalyticsBy by) => by switch
    {
        AnalyticsBy.Hour => Grains.Hour,
        AnalyticsBy.Day => Grains.Day,
        AnalyticsBy.Month => Grains.Month,
        _ => null,
    };

    private static IEnumerable<DateTimeOffset> Buckets(AnalyticsQuestion question, string grain)
    {
        for (var at = Grains.Floor(question.From, grain, question.Zone); at < question.To; at = Grains.Next(at, grain, question.Zone))
            yield return at;
    }

    /// <summary>Of one tariff only its sessions count: whoever left or was refused had none.</summary>
    private static List<(FigureKey Key, Sums Sums)> Of(AnalyticsQuestion question, List<(FigureKey Key, Sums Sums)> read) =>
        question.TariffId is { } tariff ? [.. read.Where(f => f.Key.Kind == FigureKinds.Session && f.Key.Label == tariff)] : read;

    private static List<AnalyticsCount> Counts(List<(FigureKey Key, Sums Sums)> read, string kind) =>
    [
        .. read.Where(f => f.Key.Kind == kind).GroupBy(f => f.Key.Label, (code, cells) => new AnalyticsCount(code, cells.Sum(c => c.Sums.Number)))
            .OrderByDescending(c => c.Number).ThenBy(c => c.Code, StringComparer.Ordinal),
    ];

    private static List<AnalyticsRow> ByTariff(List<(FigureKey Key, Sums Sums)> read)
    {
        var tariffs = new SortedDictionary<string, Summary>(StringComparer.Ordinal);
        foreach (var (key, sums) in read.Where(f => f.Key.Kind == FigureKinds.Session))
            Under(tariffs, key.Label).Add(key, sums);
        return [.. tariffs.Select(t => new AnalyticsRow(t.Key, t.Value.Of(null)))];
    }

    private static List<AnalyticsRow> ByTime(
        AnalyticsQuestion question, List<(FigureKey Key, Sums Sums)> read, string grain, StationTime time)
    {
        var rows = Buckets(question, grain).ToDictionary(at => at, _ => new Summary());
        foreach (var (key, sums) in read)
            rows[Grains.Floor(DateTimeOffset.FromUnixTimeSeconds(key.At), grain, question.Zone)].Add(key, sums);
        return
        [
            .. rows.Select(row =>
            {
                var (from, to) = (row.Key, Grains.Next(row.Key, grain, question.Zone));
                var within = time.Between(from > question.From ? from : question.From, to < question.To ? to : question.To);
                var key = row.Key.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                return new AnalyticsRow(key, row.Value.Of(question.TariffId is null ? within : null));
            }),
        ];
    }

    private static Summary Under(IDictionary<string, Summary> summaries, string key)
    {
        if (!summaries.TryGetValue(key, out var summary))
            summaries[key] = summary = new Summary();
        return summary;
    }

    /// <param name="total">What happened at all: what did not need not be looked for.</param>
    /// <param name="keyOf">What a station's figures are added up under: itself, or its site.</param>
    private async Task<List<AnalyticsRow>> ByStationAsync(
        AnalyticsQuestion question, List<(FigureKey Key, Sums Sums)> total, List<SeenStation> stations, Func<string, string> keyOf, StationTime time,
        CancellationToken cancellation)
    {
        var rows = new SortedDictionary<string, (Summary Sums, KnownTime Time)>(StringComparer.Ordinal);
        var counted = stations.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var station in stations.Where(s => s.Since < question.To))
        {
            var key = keyOf(station.Id);
            var (sums, known) = rows.TryGetValue(key, out var row) ? row : (new Summary(), default);
            rows[key] = (sums, known + time.Between(station, question.From, question.To));
        }

        foreach (var (grain, from, to) in Grains.Split(question.From, question.To, Grains.Month))
        {
            var read = question.StationId is { } station
                ? Of(question, await figures.ReadAsync(grain, station, from, to, cancellation))
                : await ReadByStationAsync(question, total, grain, from, to, cancellation);
            foreach (var (key, sums) in read.Where(f => counted.Contains(f.Key.Station)))
            {
                if (!rows.TryGetValue(keyOf(key.Station), out var row))
                    rows[keyOf(key.Station)] = row = (new Summary(), default);
                row.Sums.Add(key, sums);
            }
        }

        return [.. rows.Select(r => new AnalyticsRow(r.Key, r.Value.Sums.Of(question.TariffId is null ? r.Value.Time : null)))];
    }

    private async Task<List<(FigureKey Key, Sums Sums)>> ReadByStationAsync(
        AnalyticsQuestion question, List<(FigureKey Key, Sums Sums)> total, string grain, DateTimeOffset from, DateTimeOffset to,
        CancellationToken cancellation)
    {
        var read = new List<(FigureKey Key, Sums Sums)>();
        foreach (var currency in total.Where(f => f.Key.Kind == FigureKinds.Session).Select(f => f.Key.Currency).Distinct())
            read.AddRange(await figures.ReadSessionsByStationAsync(grain, currency, question.TariffId, from, to, cancellation));
        if (total.Any(f => f.Key.Kind != FigureKinds.Session))
            read.AddRange(await figures.ReadOthersByStationAsync(grain, from, to, cancellation));
        return read;
    }

    private async Task<List<(FigureKey Key, Sums Sums)>> ReadAsync(
        AnalyticsQuestion question, string coarsest, List<SeenStation> stations, CancellationToken cancellation)
    {
        var read = new List<(FigureKey Key, Sums Sums)>();
        foreach (var (grain, from, to) in Grains.Split(question.From, question.To, coarsest))
        {
            read.AddRange(question.Stations is null || question.StationId is not null && stations.Count > 0
                ? await figures.ReadAsync(grain, question.StationId ?? "", from, to, cancellation)
                : await figures.ReadTogetherAsync(grain, [.. stations.Select(s => s.Id)], from, to, cancellation));
        }

        return read;
    }
}
