using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>The incomplete sets of events that workflows with <c>schedule.on.all</c> wait with.</summary>
internal sealed class EventSetStore(IStore store)
{
    private readonly Dictionary<string, (long Version, WaitingEvents Waiting)> _known = new(StringComparer.Ordinal);

    public async Task<WaitingEvents> LoadAsync(WorkflowId workflow)
    {
        var stream = StreamOf(workflow);
        if (_known.TryGetValue(stream, out var known))
            return known.Waiting;
        var stored = await store.LoadAsync(stream);
        var waiting = WaitingEvents.None;
        if (stored is not null)
        {
            var json = JsonValue.Parse(stored.Body.Span);
            waiting = new WaitingEvents(json["position"].TryGetInt64(out var position) ? position : 0, json["waiting"]);
        }

        _known[stream] = (stored?.Version ?? 0, waiting);
        return waiting;
    }

    public async Task SaveAsync(WorkflowId workflow, WaitingEvents waiting)
    {
        var stream = StreamOf(workflow);
        var version = _known[stream].Version;
        JsonValue json = JsonObject.Of(("position", waiting.Position), ("waiting", waiting.Events));
        _known.Remove(stream);
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(stream, version, json.ToUtf8())] });
        _known[stream] = (version + 1, waiting);
    }

    private static string StreamOf(WorkflowId workflow) => $"event-sets/{workflow.Family}";
}

/// <param name="Position">The last event that changed something here.</param>
/// <param name="Events">As the engine left it.</param>
internal sealed record WaitingEvents(long Position, JsonValue Events)
{
    public static WaitingEvents None { get; } = new(0, default);
}
