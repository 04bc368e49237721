using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Runs;

/// <summary>What an event began.</summary>
internal static class StartedRuns
{
    /// <summary>The runs that the event started by itself, one a workflow at most.</summary>
    public static async Task<List<RunEndpoints.RunHead>> FindAsync(
        JsonValue envelope, IStore store, WorkflowCatalog workflows, CancellationToken cancellation)
    {
        var runs = new List<RunEndpoints.RunHead>();
        foreach (var family in workflows.All.DistinctBy(w => w.Id.Family))
        {
            // A run's id follows from the event that started it.
            var id = RunIds.Of(family.Id, [envelope]);
            if (await store.LoadAsync(RunDocument.StreamOf(id), cancellation) is { } run)
                runs.Add(RunEndpoints.Head(JsonValue.Parse(run.Body.Span)));
        }

        return runs;
    }
}
