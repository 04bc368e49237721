using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Drawing;

/// <summary>Draws tasks that have tasks in them: a frame with a header, and in it the flow or flows.</summary>
internal sealed class Regions(Typesetter typesetter, RunTrail? trail, ReusableDefinitions use)
{
    private const double Padding = 14;
    private const double Between = 40;

    /// <returns>Null when the task has no tasks in it.</returns>
    public (Sketch Sketch, Box Box)? Draw(TaskDefinition task, Composition flows) => task switch
    {
        DoTask inner => Frame(task, flows.Flow(inner.Do, again: false)),
        ForTask loop => Frame(task, flows.Flow(loop.Do, again: true)),
        ForkTask fork => Frame(task, Branches(fork, flows)),
        ListenTask { ForEach.Do: { } each } listen => Frame(task, flows.Flow(each, again: true), Each(listen.ForEach!)),
        CallProtocolTask { ForEach.Do: { } each } call => Frame(task, flows.Flow(each, again: true), Each(call.ForEach!)),
        TryTask attempt => Frame(task, Attempt(attempt, flows)),
        _ => null,
    };

    /// <summary>Tasks that run around other tasks.</summary>
    public Sketch Extension(ExtensionDefinition extension, Composition flows)
    {
        List<Remark> remarks = [new($"around every task '{extension.Extend}'", false)];
        if (extension.When is { } when)
            remarks.Add(new Remark($"when {Phrases.Expression(when)}", true));
        List<Sketch> parts = [];
        foreach (var (word, list) in new[] { ("before", extension.Before), ("after", extension.After) })
        {
            if (list is not null)
                parts.Add(Panel(new Caption("do", word, "", []), flows.Flow(list, again: false)).Sketch);
        }

        return Frame(new Caption("do", "extension", extension.Name, remarks), null, Beside(parts)).Sketch;
    }

    private static Remark Each(IteratorDefinition each) => new($"for each {each.Item}", false);

    private (Sketch Sketch, Box Box) Frame(TaskDefinition task, Sketch inner, params Remark[] more)
    {
        var caption = TaskCaptions.Of(task);
        return Frame(caption with { Remarks = [.. caption.Remarks, .. more] }, task.Pointer, inner);
    }

    private (Sketch Sketch, Box Box) Frame(Caption caption, string? pointer, Sketch inner)
    {
        var (lines, words, header) = typesetter.Header(caption, pointer);
        var width = Math.Max(words + 8, inner.Width) + (Padding * 2);
        var box = typesetter.Mark(new Box(BoxShape.Frame, caption.Tone, pointer, width, header + inner.Height + Padding + 8, lines, caption.Name));
        return (Around(box, inner, header + 8), box);
    }

    private (Sketch Sketch, Box Box) Panel(Caption caption, Sketch inner)
    {
        var lines = new List<TextLine>();
        var (top, words) = (Padding, 0.0);
        if (caption.Kind.Length > 0)
        {
            (lines, words, top) = typesetter.Header(caption, null);
            top += inner.Height > 0 ? 8 : 0;
        }

        var width = Math.Max(words + 4, inner.Width) + (Padding * 2);
        var title = caption.Kind.Length > 0 ? $"{caption.Kind} {caption.Name}".TrimEnd() : "what is tried";
        var box = new Box(BoxShape.Panel, caption.Tone, null, width, top + inner.Height + Padding, lines, title);
        return (Around(box, inner, top), box);
    }

    private static Sketch Around(Box box, Sketch inner, double top)
    {
        var left = (box.Area.Width - inner.Width) / 2;
        var sketch = new Sketch(box.Area.Width, box.Area.Height, left + inner.Axis);
        sketch.Add(box);
        sketch.Add(inner, left, top);
        return sketch;
    }

    private static Sketch Beside(IReadOnlyList<Sketch> parts)
    {
        if (parts.Count == 0)
            return new Sketch(0, 0, 0);
        var sketch = new Sketch(parts.Sum(p => p.Width) + (Padding * (parts.Count - 1)), parts.Max(p => p.Height), parts[0].Axis);
        var x = 0.0;
        foreach (var part in parts)
        {
            sketch.Add(part, x, 0);
            x += part.Width + Padding;
        }

        return sketch;
    }

    private static Sketch Branches(ForkTask fork, Composition flows)
    {
        var graph = new FlowGraph();
        var from = graph.Add(new Box(BoxShape.Dot, "fork", null, 10, 10, [], "all begin"));
        var to = -1;
        foreach (var branch in fork.Branches.Tasks)
        {
            var (sketch, box) = flows.Task(branch);
            var node = graph.Add(sketch, box);
            graph.Connect(from, node, new Hop(null, branch.Pointer));
            if (to < 0)
                to = graph.Add(new Box(BoxShape.Dot, "fork", null, 10, 10, [], fork.Compete ? "the first to finish wins" : "all have finished"));
            graph.Connect(node, to, new Hop(branch.Pointer, branch.Pointer));
        }

        return FlowLayout.Arrange(graph, flows.Passed);
    }

    private Sketch Attempt(TryTask task, Composition flows)
    {
        var (tried, left) = Panel(new Caption("try", "", "", []), flows.Flow(task.Try, again: false));
        if (trail is not null)
            left.Fate = trail.Of(task.Pointer) is null ? BoxFate.Untouched : BoxFate.Done;
        var (caught, right) = Caught(task, flows);
        var (sketch, way) = task.Catch.Do is null ? Under(tried, caught) : Aside(tried, caught);
        sketch.Add(new Arrow(left, right, ArrowKind.Caught, way) { Taken = trail is null ? null : HasCaught(task) });
        return sketch;
    }

    // A catch with tasks of its own stands beside what it guards, a mere filter below it.
    private static (Sketch Sketch, Point[] Way) Aside(Sketch tried, Sketch caught)
    {
        var sketch = new Sketch(tried.Width + Between + caught.Width, Math.Max(tried.Height, caught.Height), tried.Axis);
        sketch.Add(tried, 0, 0);
        sketch.Add(caught, tried.Width + Between, 0);
        var middle = Math.Min(tried.Height, caught.Height) / 2;
        return (sketch, [new(tried.Width, middle), new(tried.Width + Between, middle)]);
    }

    private static (Sketch Sketch, Point[] Way) Under(Sketch tried, Sketch caught)
    {
        var width = Math.Max(tried.Width, caught.Width);
        var left = (width - tried.Width) / 2;
        var sketch = new Sketch(width, tried.Height + Between + caught.Height, left + tried.Axis);
        sketch.Add(tried, left, 0);
        sketch.Add(caught, (width - caught.Width) / 2, tried.Height + Between);
        return (sketch, [new(width / 2, tried.Height), new(width / 2, tried.Height + Between)]);
    }

    private (Sketch Sketch, Box Box) Caught(TryTask task, Composition flows)
    {
        var caught = task.Catch;
        List<Remark> remarks = [.. Phrases.Caught(caught)];
        var retry = caught.RetryUse?.Text is { } name ? use.Retries.GetValueOrDefault(name) : caught.Retry;
        if (retry is not null)
            remarks.Add(new Remark($"↻ again {Phrases.Retry(retry)}", false));
        var heading = remarks[0].Text;
        var inner = caught.Do is { } tasks ? flows.Flow(tasks, again: false) : new Sketch(0, 0, 0);
        var (sketch, box) = Panel(new Caption("catch", "catch", heading, remarks[1..]), inner);
        if (trail is not null)
            box.Fate = HasCaught(task) ? BoxFate.Done : BoxFate.Untouched;
        return (sketch, box);
    }

    private bool HasCaught(TryTask task)
    {
        if (trail!.Of(task.Pointer) is not { } own)
            return false;
        var failed = task.Try.Tasks.Any(t => trail.Of(t.Pointer) is { Faults: > 0 });
        return failed && (own.Retries > 0 || own.Last != Runs.TraceEvent.Faulted || task.Catch.Do?.Tasks.Any(t => trail.Of(t.Pointer) is not null) == true);
    }
}
