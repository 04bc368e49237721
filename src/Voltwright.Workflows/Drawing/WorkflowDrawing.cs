using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Drawing;

/// <summary>Draws a workflow from top to bottom, and what a run did on it.</summary>
public static class WorkflowDrawing
{
    /// <summary>More tasks than that make no picture that anybody could read.</summary>
    public const int MostTasks = 2000;

    private const double Margin = 24;

    /// <summary>The style sheet inside every picture, for pages that show pictures as part of themselves and allow no inline styles.</summary>
    public static string Styles => StyleSheet.Text;

    /// <summary>An SVG document in UTF-8 terms; the same definition and run give the same text.</summary>
    /// <param name="trail">What a run did; null for the workflow alone.</param>
    /// <exception cref="ArgumentException">The definition has more than <see cref="MostTasks"/> tasks.</exception>
    public static string Svg(WorkflowDefinition definition, RunTrail? trail = null) => SvgWriter.Write(Scene(definition, trail));

    /// <summary>Whether it has no more than <see cref="MostTasks"/> tasks.</summary>
    public static bool IsDrawable(WorkflowDefinition definition) => definition.AllTasks().Take(MostTasks + 1).Count() <= MostTasks;

    /// <summary>Where everything is, before it is written.</summary>
    /// <exception cref="ArgumentException">The definition has more than <see cref="MostTasks"/> tasks.</exception>
    public static Scene Scene(WorkflowDefinition definition, RunTrail? trail = null)
    {
        if (!IsDrawable(definition))
            throw new ArgumentException($"The workflow has more than {MostTasks} tasks, too many for a picture.", nameof(definition));
        var typesetter = new Typesetter(trail);
        var regions = new Regions(typesetter, trail, definition.Use);
        var flows = new Composition(typesetter, trail, regions);
        List<Sketch> parts = [flows.Flow(definition.Do, again: false, Start(definition, typesetter, trail))];
        parts.AddRange(definition.Use.Extensions.Select(e => regions.Extension(e, flows)));
        List<Box> boxes = [];
        List<Arrow> arrows = [];
        var x = Margin;
        foreach (var part in parts)
        {
            part.Settle(x, Margin, null, boxes, arrows);
            x += part.Width + (Margin * 2);
        }

        if (trail is not null)
            Mark(boxes, arrows);
        var document = definition.Document;
        return new Scene(
            document.Title ?? document.Name, Description(definition, trail),
            x - Margin, parts.Max(p => p.Height) + (Margin * 2), boxes, arrows);
    }

    // What is no task shares the fate of the ways to it; a beginning that of the way from it.
    private static void Mark(List<Box> boxes, List<Arrow> arrows)
    {
        var touched = arrows.Where(a => a.Taken == true).SelectMany(a => new[] { a.From, a.To }).ToHashSet();
        foreach (var box in boxes.Where(b => b.Pointer is null && b.Shape is not (BoxShape.Frame or BoxShape.Panel)))
            box.Fate = touched.Contains(box) ? BoxFate.Done : BoxFate.Untouched;
    }

    private static Box Start(WorkflowDefinition definition, Typesetter typesetter, RunTrail? trail)
    {
        var document = definition.Document;
        List<Remark> remarks = [new($"{document.Namespace}/{document.Name} {document.Version}", false)];
        var kind = "start";
        if (definition.Schedule is { } schedule)
        {
            (kind, var when) = schedule switch
            {
                { On: { } on } => ("starts on events", Phrases.Events(on)),
                { Every: { } every } => ("starts every", [new Remark(Phrases.Duration(every), false)]),
                { After: { } after } => ("starts again, each time after", [new Remark(Phrases.Duration(after), false)]),
                _ => ("starts by the clock", [new Remark(Phrases.Text(schedule.Cron), true)]),
            };
            remarks.AddRange(when);
        }

        if (trail is not null)
            remarks.Add(new Remark($"this run {Outcome(trail)}", false));
        return typesetter.Card(new Caption("start", kind, document.Title ?? document.Name, remarks), null, BoxShape.Start);
    }

    private static string Description(WorkflowDefinition definition, RunTrail? trail)
    {
        var names = string.Join(", ", definition.Do.Tasks.Select(t => t.Name));
        var run = trail is null ? "" : $" This run {Outcome(trail)}.";
        return $"Workflow {definition.Document.Name} {definition.Document.Version}, {definition.AllTasks().Count()} tasks, from top to bottom: {names}.{run}";
    }

    private static string Outcome(RunTrail trail) => trail switch
    {
        { Outcome: Runs.TraceEvent.Faulted } => $"failed: {Phrases.Failure(trail.Error)}",
        { Outcome: { } outcome } => outcome.ToString().ToLowerInvariant(),
        { IsSuspended: true } => "is suspended",
        _ => "goes on",
    };
}
