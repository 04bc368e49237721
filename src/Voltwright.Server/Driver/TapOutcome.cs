using Voltwright.Automation;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Driver;

/// <summary>What the workflows that a tap started came to, whichever are deployed.</summary>
/// <param name="Found">Any workflow answers to the tap.</param>
/// <param name="Running">One of them is not over.</param>
/// <param name="Fault">The status of the error that one failed with, 500 where it has none; null when none failed.</param>
public sealed record TapOutcome(bool Found, bool Running, long? Fault)
{
    public static TapOutcome None { get; } = new(false, false, null);

    internal static async Task<TapOutcome> OfAsync(Visit visit, WorkflowCatalog workflows, IStore store, CancellationToken cancellation)
    {
        // A run's id follows from the workflow and the event's source and id.
        var tap = StationEvent.Of(EventTypes.CardScanned, visit.StationId, visit.EventId, visit.At, JsonObject.Empty);
        var outcome = None;
        foreach (var workflow in workflows.Triggers.Find(tap))
        {
            if (await store.LoadAsync(RunDocument.StreamOf(RunIds.Of(workflow.Id, [tap])), cancellation) is { } stored)
                outcome = outcome.With(JsonValue.Parse(stored.Body.Span));
        }

        return outcome;
    }

    private TapOutcome With(JsonValue run) => new(
        true, Running || !RunDocument.IsOver(run),
        Fault ?? (run["status"] == "faulted" ? run["error"]["status"].TryGetInt64(out var status) ? status : 500 : null));
}
