using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Drawing;

/// <summary>Connects the tasks of one list, and draws where ways end.</summary>
internal sealed class Ways(FlowGraph graph, TaskList list, Dictionary<string, int> index, bool isRoot)
{
    private readonly List<(int Node, Hop Hop)> _falling = [];

    /// <summary>A way that has a name and perhaps a condition.</summary>
    public void Case(int node, TaskDefinition task, string name, string? condition, string target, string? next)
    {
        var title = condition is null ? name : $"{name}: when {condition}";
        var pill = graph.Add(Typesetter.Pill(name, condition, task is SwitchTask ? "switch" : "jump", title));
        graph.Connect(node, pill, HopTo(task, target, next));
        Go(pill, task, target, next);
    }

    /// <param name="target"><c>continue</c>, <c>exit</c>, <c>end</c> or the name of a task.</param>
    /// <param name="next">The task after this one; null after the last.</param>
    public void Go(int node, TaskDefinition task, string target, string? next)
    {
        var hop = HopTo(task, target, next);
        if (Resolve(target, next) is { } name)
            graph.Connect(node, index[name], hop);
        else if (target == "end" || (target == "exit" && isRoot))
            graph.Connect(node, graph.Add(Typesetter.Word("end", "end", "the workflow ends")), hop);
        else if (target == "exit")
            graph.Connect(node, graph.Add(Typesetter.Word("exit", "exit", "leaves this region")), hop);
        else if (target == "continue")
            _falling.Add((node, hop));
        else
            graph.Connect(node, graph.Add(Typesetter.Word($"→ {target}?", "jump", $"there is no task '{target}' in this list")), hop);
    }

    /// <summary>What falls off the end of the list: into the end, round again, or together out of the region.</summary>
    public void Finish(int? again)
    {
        if (_falling.Count == 0)
            return;
        if (again is null && !isRoot && _falling.Count == 1)
            return;
        var end = again ?? graph.Add(isRoot
            ? Typesetter.Word("end", "end", "the workflow ends")
            : new Box(BoxShape.Dot, "exit", null, 8, 8, [], "leaves this region"));
        foreach (var (node, hop) in _falling)
            graph.Connect(node, end, again is null ? hop : hop with { To = list.Tasks[0].Pointer });
    }

    private string? Resolve(string target, string? next) => target switch
    {
        "continue" => next,
        "exit" or "end" => null,
        _ => index.ContainsKey(target) ? target : null,
    };

    private Hop HopTo(TaskDefinition task, string target, string? next)
    {
        var name = Resolve(target, next);
        return new Hop(task.Pointer, list.Tasks.FirstOrDefault(t => t.Name == name)?.Pointer);
    }
}
