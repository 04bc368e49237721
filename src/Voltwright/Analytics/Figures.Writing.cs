using System.Data.Common;
using Voltwright.Storage;

namespace Voltwright.Analytics;

public sealed partial class Figures
{
    /// <summary>How far the log was read.</summary>
    public Task<long> ReadPositionAsync(CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            await using var command = new Statement(connection, null, "SELECT position FROM progress");
            return await command.SingleAsync(cancellation);
        },
        cancellation);

    /// <summary>
    /// Adds what was gathered between two positions of the log, together with how far it was read. A session counts as it is now, whatever
    /// it counted as before, so that it may be told of any number of times.
    /// </summary>
    /// <exception cref="StaleVersionException">Somebody else added to the figures meanwhile: nothing was written.</exception>
    public Task AddAsync(
        long from, long to, IReadOnlyCollection<SessionFact> sessions, FigureSheet sheet, IReadOnlyCollection<SeenStation> stations,
        CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var move = new Statement(connection, transaction, "UPDATE progress SET position = @to WHERE position = @from"))
            {
                if (await move.RunAsync(cancellation, to, from) != 1)
                    throw new StaleVersionException("analytics", from, -1);
            }

            await WriteSessionsAsync(connection, transaction, sessions, sheet, cancellation);
            await WriteCellsAsync(connection, transaction, sheet, cancellation);
            await using (var station = new Statement(connection, transaction, UpsertStation))
            {
                foreach (var seen in stations)
                    await station.RunAsync(cancellation, seen.Id, seen.Since.ToUnixTimeSeconds(), seen.Slots, seen.AwaySince?.ToUnixTimeSeconds());
            }

            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Forgets everything: it is built again.</summary>
    public Task ClearAsync(CancellationToken cancellation = default) => AskAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            foreach (var sql in (string[])["UPDATE progress SET position = 0", "DELETE FROM sessions", "DELETE FROM figures", "DELETE FROM stations"])
            {
                await using var clear = new Statement(connection, transaction, sql);
                await clear.RunAsync(cancellation);
            }

            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);

    private static async Task WriteSessionsAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyCollection<SessionFact> sessions, FigureSheet sheet,
        CancellationToken cancellation)
    {
        await using var find = new Statement(connection, transaction, $"SELECT {SessionColumns} FROM sessions WHERE id = @id");
        await using var upsert = new Statement(connection, transaction, UpsertSession);
        foreach (var session in sessions)
        {
            var known = await find.ReadAsync(ReadSession, cancellation, session.Id);
            if (known is [var before])
            {
                if (before == session)
                    continue;
                sheet.TakeBack(before);
            }

            sheet.Add(session);
            await upsert.RunAsync(
                cancellation, session.Id, session.StationId, session.SlotNumber, session.CardId, session.TariffId, session.Status,
                session.OpenedAt.ToUnixTimeSeconds(), session.StartedAt?.ToUnixTimeSeconds(), session.EndedAt.ToUnixTimeSeconds(),
                session.EnergyWh, session.IdleSeconds, session.Currency, session.Billed, session.Paid, session.StopReason);
        }
    }

    private static async Task WriteCellsAsync(
        DbConnection connection, DbTransaction transaction, FigureSheet sheet, CancellationToken cancellation)
    {
        await using var upsert = new Statement(connection, transaction, UpsertFigure);
        await upsert.RunAllAsync(sheet.Cells.Where(c => c.Value != default).Select(c => Row(c.Key, c.Value)), cancellation);
    }

    private static object?[] Row(FigureKey key, Sums sums) =>
    [
        key.Grain, key.Station, key.At, key.Kind, key.Label, key.Currency, sums.Number, sums.Seconds, sums.ChargingSeconds, sums.IdleSeconds,
        sums.WaitSeconds, sums.Waits, sums.EnergyWh, sums.Billed, sums.Paid, sums.PeakW,
    ];

    private const string UpsertStation =
        """
        INSERT INTO stations (station, since, slots, away_since) VALUES (@station, @since, @slots, @away)
        ON CONFLICT (station) DO UPDATE SET since = excluded.since, slots = excluded.slots, away_since = excluded.away_since
        """;

    private const string UpsertSession =
        """
        INSERT INTO sessions
            (id, station, slot, card, tariff, status, opened_at, started_at, ended_at, energy_wh, idle_s, currency, billed, paid, stop_reason)
        VALUES (@id, @station, @slot, @card, @tariff, @status, @opened, @started, @ended, @energy, @idle, @currency, @billed, @paid, @reason)
        ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, status = excluded.status, started_at = excluded.started_at,
            ended_at = excluded.ended_at, energy_wh = excluded.energy_wh, idle_s = excluded.idle_s, currency = excluded.currency,
            billed = excluded.billed, paid = excluded.paid, stop_reason = excluded.stop_reason
        """;

    private const string UpsertFigure =
        """
        INSERT INTO figures (grain, station, at, kind, label, currency, number, seconds, charging_s, idle_s, wait_s, waits, energy_wh,
            billed, paid, peak_w)
        VALUES (@grain, @station, @at, @kind, @label, @currency, @number, @seconds, @charging, @idle, @wait, @waits, @energy,
            @billed, @paid, @peak)
        ON CONFLICT (grain, station, at, kind, label, currency) DO UPDATE SET number = figures.number + excluded.number,
            seconds = figures.seconds + excluded.seconds, charging_s = figures.charging_s + excluded.charging_s,
            idle_s = figures.idle_s + excluded.idle_s, wait_s = figures.wait_s + excluded.wait_s, waits = figures.waits + excluded.waits,
            energy_wh = figures.energy_wh + excluded.energy_wh, billed = figures.billed + excluded.billed,
            paid = figures.paid + excluded.paid,
            peak_w = CASE WHEN excluded.peak_w > figures.peak_w THEN excluded.peak_w ELSE figures.peak_w END
        """;
}
