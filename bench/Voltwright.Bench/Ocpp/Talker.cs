using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Voltwright.Bench.Ocpp;

/// <summary>A station with its meter, and the transaction that runs at it.</summary>
internal sealed class Talker(StationLine line)
{
    private int _transaction;
    private int _meter;

    /// <summary>Each station says the next thing as soon as the last is answered.</summary>
    public static async Task<Latencies> FlatOutAsync(IReadOnlyCollection<Talker> talkers, Func<Talker, Task> exchange, TimeSpan duration)
    {
        var (latencies, started) = (new Latencies(), Stopwatch.GetTimestamp());
        await Task.WhenAll(talkers.Select(async talker =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                await exchange(talker);
                latencies.Note(at);
            }
        }));
        return latencies;
    }

    public Task HeartbeatAsync() => line.CallAsync("Heartbeat", "{}");

    /// <summary>The start of a transaction, or the end of the one that was started.</summary>
    public async Task TransactionAsync()
    {
        var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (_transaction == 0)
        {
            var answer = await line.CallAsync(
                "StartTransaction", $$"""{"connectorId":1,"idTag":"{{line.Id}}","meterStart":{{_meter}},"timestamp":"{{at}}"}""");
            using var parsed = JsonDocument.Parse(answer);
            _transaction = parsed.RootElement[2].GetProperty("transactionId").GetInt32();
            return;
        }

        _meter += 1000;
        await line.CallAsync(
            "StopTransaction",
            $$"""{"transactionId":{{_transaction}},"idTag":"{{line.Id}}","meterStop":{{_meter}},"timestamp":"{{at}}"}""");
        _transaction = 0;
    }
}
