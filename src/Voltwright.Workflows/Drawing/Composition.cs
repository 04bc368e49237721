using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Drawing;

/// <summary>Puts a list of tasks together as a flow: sequence, cases, jumps, ends.</summary>
internal sealed class Composition(Typesetter typesetter, RunTrail? trail, Regions regions)
{
    /// <param name="again">Whether the list begins anew when it ends.</param>
    /// <param name="start">Where the outermost flow begins; null in a region.</param>
    public Sketch Flow(TaskList list, bool again, Box? start = null)
    {
        var graph = new FlowGraph();
        var first = start is null ? 0 : graph.Add(start) + 1;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in list.Tasks)
        {
            var (sketch, box) = Task(task);
            index.TryAdd(task.Name, graph.Add(sketch, box));
        }

        if (start is not null && list.Tasks.Count > 0)
            graph.Connect(0, first, new Hop(null, list.Tasks[0].Pointer));
        var ways = new Ways(graph, list, index, isRoot: start is not null);
        for (var i = 0; i < list.Tasks.Count; i++)
            Leave(ways, list.Tasks[i], first + i, i + 1 < list.Tasks.Count ? list.Tasks[i + 1].Name : null);
        ways.Finish(again ? first : null);
        graph.BreakTangles(node => Typesetter.Word($"→ {Name(graph, node)}", "jump", $"goes on with {Name(graph, node)}"));
        return FlowLayout.Arrange(graph, Passed);
    }

    private static string Name(FlowGraph graph, int node) => graph.Nodes[node].Box.Title.Split('\n')[0];

    public (Sketch Sketch, Box Box) Task(TaskDefinition task) => regions.Draw(task, this) ?? Card(task);

    private (Sketch Sketch, Box Box) Card(TaskDefinition task)
    {
        var box = typesetter.Card(TaskCaptions.Of(task), task.Pointer, task is SwitchTask ? BoxShape.Decision : BoxShape.Card);
        return (Sketch.Of(box), box);
    }

    private static void Leave(Ways ways, TaskDefinition task, int node, string? next)
    {
        var then = task.Properties.Then?.Text;
        switch (task)
        {
            case RaiseTask:
                // Whatever stands after it is never reached this way, unless the task is left out.
                if (task.Properties.If is not null)
                    ways.Case(node, task, "otherwise", null, "continue", next);
                return;
            case SwitchTask choice:
                foreach (var @case in choice.Cases)
                {
                    var when = @case.When is null ? null : Phrases.Expression(@case.When);
                    ways.Case(node, task, @case.Name, when, @case.Then?.Text ?? "continue", next);
                }

                if (choice.Cases.All(c => c.When is not null))
                    ways.Case(node, task, "otherwise", null, then ?? "continue", next);
                return;
        }

        var jumps = then is not (null or "continue") && then != next;
        if (task.Properties.If is not null && jumps)
            ways.Case(node, task, "left out", null, "continue", next);
        ways.Go(node, task, then ?? "continue", next);
        if (task is TryTask { Catch.Then.Text: { } afterwards } && afterwards != (then ?? "continue"))
            ways.Case(node, task, "after an error", null, afterwards, next);
    }

    public (bool? Taken, string? Title) Passed(Hop hop)
    {
        if (trail is null)
            return (null, null);
        if (hop.From is null)
            return (hop.To is not null && trail.Of(hop.To) is not null, null);
        if (hop.From == hop.To)
            return (trail.Of(hop.From)?.Last == Runs.TraceEvent.Completed, null);
        var passed = trail.Passed(hop.From, hop.To);
        if (passed.Count == 0)
            return (false, null);
        var times = passed.Count == 1 ? "once" : $"{passed.Count} times";
        return (true, $"{times}, with\n{Phrases.Data(passed[^1])}");
    }
}
