using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>Forgets runs that ended long ago, with their journals, and the oldest when there are too many.</summary>
public sealed class RunPurge(IStore store, AutomationOptions options, TimeProvider clock, ILogger<RunPurge> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly string[] Ended = ["completed", "faulted", "cancelled"];

    /// <summary>Returns how many runs it has forgotten.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var forgotten = 0;
        foreach (var status in Ended)
            forgotten += await SweepAsync(status, cancellation);
        return forgotten;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PurgeEvery, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                if (await SweepAsync(stoppingToken) is > 0 and var forgotten)
                    log.LogInformation("{Count} ended runs were forgotten", forgotten);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The next start goes on.
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Ended runs could not be looked through");
            }
        }
    }

    private async Task<int> SweepAsync(string status, CancellationToken cancellation)
    {
        List<(string, string)> filter = [("status", status)];
        var surplus = await store.CountAsync(RunDocument.StreamKind, filter, cancellation) - options.RunsKept;
        var tooOld = clock.GetUtcNow() - options.RunsKeptFor;
        var (forgotten, after, more) = (0, default(string), true);
        while (more)
        {
            var page = await store.ListOldestAsync(RunDocument.StreamKind, filter, AtOnce, after, cancellation);
            var documents = page.Items.Select(r => (Run: r, Document: JsonValue.Parse(r.Body.Span))).ToList();
            var over = documents.Where((d, i) => forgotten + i < surplus || RunDocument.ReadTime(d.Document["endedAt"]) < tooOld).ToList();
            foreach (var (run, _) in over)
                forgotten += await ForgetAsync(run, cancellation);
            after = page.Next;

            // Younger runs cannot have ended earlier than they began.
            more = after is not null && (forgotten < surplus || RunDocument.ReadTime(documents[^1].Document["startedAt"]) < tooOld);
        }

        return forgotten;
    }

    private async Task<int> ForgetAsync(ListedState run, CancellationToken cancellation)
    {
        try
        {
            var forget = new RecordLimit(run.Stream, long.MaxValue);
            await store.CommitAsync(new Commit { Writes = [new StreamWrite(run.Stream, run.Version, null)], Forget = [forget] }, cancellation);
            return 1;
        }
        catch (StaleVersionException)
        {
            // Somebody retries it at this moment.
            return 0;
        }
    }
}
