using System.Globalization;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Events;

namespace Voltwright.Automation;

/// <summary>
/// The times at which workflows start by themselves, as durable timers. A timer's name tells its schedule's generation and its
/// instant, and the run's id follows from the name: met again after a crash, it starts nothing twice.
/// </summary>
public sealed class Schedules(IStore store, TimeProvider clock)
{
    public const string StreamKind = "schedule";

    /// <summary>Begins the schedules that are new or changed, and ends those that nothing deployed has any more.</summary>
    /// <param name="newest">The newest version of each workflow.</param>
    public async Task AlignAsync(IEnumerable<DeployedWorkflow> newest, CancellationToken cancellation)
    {
        var known = (await store.ListAsync(StreamKind, [], 10_000, null, cancellation)).Items.ToDictionary(s => s.Stream, StringComparer.Ordinal);
        foreach (var workflow in newest)
        {
            if (workflow.Program.Times is not { } times)
                continue;
            var stream = StreamOf(workflow.Id);
            if (!known.Remove(stream, out var stored) || JsonValue.Parse(stored.Body.Span)["times"] != times.Text)
                await BeginAsync(stream, stored?.Version ?? 0, times, cancellation);
        }

        foreach (var (stream, stored) in known)
        {
            var write = new StreamWrite(stream, stored.Version, null);
            await store.CommitAsync(new Commit { Writes = [write], Timers = await ClearedAsync(stream, cancellation) }, cancellation);
        }
    }

    /// <summary>The generation that is in force; null when there is none.</summary>
    public async Task<string?> GenerationAsync(string stream, CancellationToken cancellation) =>
        await store.LoadAsync(stream, cancellation) is { } stored ? JsonValue.Parse(stored.Body.Span)["generation"].AsString() : null;

    /// <summary>What the end of a run sets going, in the same commit, when its workflow is to start again some time after it.</summary>
    public static TimerChange? AfterEnd(WorkflowProgram program, RunOrder order, DateTimeOffset at) =>
        order.Schedule is { } generation && program.Times is { Kind: TimeTriggerKind.After } times
            ? Timer(StreamOf(order.Workflow), generation, at + times.Interval) : null;

    public static TimerChange Timer(string stream, string generation, DateTimeOffset due) =>
        new(stream, $"{generation}|{due.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)}", due);

    public static (string Generation, DateTimeOffset Due) ReadTimer(string name)
    {
        var parts = name.Split('|');
        return (parts[0], DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public static string StreamOf(WorkflowId workflow) => $"{StreamKind}/{workflow.Family}";

    private async Task BeginAsync(string stream, long version, TimeTrigger times, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var generation = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        JsonValue schedule = JsonObject.Of(("times", times.Text), ("generation", generation));
        var timers = await ClearedAsync(stream, cancellation);
        if (times.First(now) is { } first)
            timers.Add(Timer(stream, generation, first));
        await store.CommitAsync(
            new Commit { Writes = [new StreamWrite(stream, version, schedule.ToUtf8())], Timers = timers }, cancellation);
    }

    private async Task<List<TimerChange>> ClearedAsync(string stream, CancellationToken cancellation) =>
        [.. (await store.ReadTimersAsync(cancellation)).Where(t => t.Stream == stream).Select(t => new TimerChange(stream, t.Name, null))];
}
