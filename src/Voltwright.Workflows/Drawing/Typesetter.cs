using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Drawing;

/// <summary>Makes boxes of captions: breaks the lines, measures, and notes on them what a run did.</summary>
internal sealed class Typesetter(RunTrail? trail)
{
    public const double Padding = 12;

    private const double Widest = 272;
    private const double Narrowest = 132;
    private const double IconWidth = 18;

    public Box Card(Caption caption, string? pointer, BoxShape shape)
    {
        var inset = shape == BoxShape.Decision ? Padding + 10 : Padding + 4;
        var (lines, width, height) = Set(caption, pointer, inset);
        return Mark(new Box(shape, caption.Tone, pointer, Math.Max(Narrowest, width + inset + Padding), height + Padding, lines, caption.Name));
    }

    /// <summary>The words above a region, and how much room they need.</summary>
    public (List<TextLine> Lines, double Width, double Height) Header(Caption caption, string? pointer) => Set(caption, pointer, Padding);

    public static Box Pill(string name, string? condition, string tone, string title)
    {
        List<TextLine> lines = [];
        var y = 5.0;
        Append(lines, Lettering.Note, Lettering.Note.Wrap(name, Widest, 2), Padding + 2, ref y);
        if (condition is not null)
            Append(lines, Lettering.Code, Lettering.Code.Wrap(condition, Widest - 20, 4), Padding + 2, ref y);
        var width = lines.Max(l => l.Lettering.Measure(l.Text)) + ((Padding + 2) * 2);
        var centred = lines.Select(l => l with { X = (width - l.Lettering.Measure(l.Text)) / 2 });
        return new Box(BoxShape.Pill, tone, null, width, y + 7, [.. centred], title);
    }

    public static Box Word(string text, string tone, string title)
    {
        var width = Lettering.Note.Measure(text) + 24;
        return new Box(BoxShape.Stop, tone, null, width, 24, [new TextLine(text, 12, 16, Lettering.Note)], title);
    }

    /// <summary>Colours a box by what became of its task, and tells it with the data.</summary>
    public Box Mark(Box box)
    {
        if (trail is null)
            return box;
        var task = box.Pointer is { } pointer ? trail.Of(pointer) : null;
        box.Fate = Fate(task, box.Pointer);
        box.Step = task is { FirstStep: > 0 } ? task.FirstStep : null;
        if (task is not null)
            box.Title += "\n" + Story(task);
        return box;
    }

    private BoxFate Fate(TaskTrail? task, string? pointer) => task?.Last switch
    {
        null => BoxFate.Untouched,
        TraceEvent.Completed => BoxFate.Done,
        TraceEvent.Skipped => BoxFate.Skipped,
        TraceEvent.Started => trail!.Outcome switch
        {
            null => BoxFate.UnderWay,
            TraceEvent.Completed => BoxFate.Done,
            _ => BoxFate.Skipped,
        },
        TraceEvent.Faulted => trail!.HasFailedIn(pointer!) ? BoxFate.Failed : BoxFate.Caught,
        _ => BoxFate.Skipped,
    };

    private (List<TextLine> Lines, double Width, double Height) Set(Caption caption, string? pointer, double inset)
    {
        List<TextLine> lines = [];
        var y = 7.0;
        Append(lines, Lettering.Kind, [caption.Kind], inset + IconWidth, ref y);
        Append(lines, Lettering.Name, Lettering.Name.Wrap(caption.Name, Widest, 3), inset, ref y);
        foreach (var remark in caption.Remarks)
        {
            var lettering = remark.IsCode ? Lettering.Code : Lettering.Note;
            Append(lines, lettering, lettering.Wrap(remark.Text, Widest, remark.Lines), inset, ref y);
        }

        if (pointer is not null && trail?.Of(pointer) is { } task)
        {
            y += 4;
            Append(lines, Lettering.Run, Lettering.Run.Wrap(Summary(task), Widest, 3), inset, ref y);
            foreach (var data in Data(task))
                Append(lines, Lettering.Code, Lettering.Code.Wrap(data, Widest, 2), inset, ref y);
        }

        // Room for the number of the step beside the kind.
        var width = lines.Max(l => l.X + l.Lettering.Measure(l.Text) + (l.Lettering == Lettering.Kind && trail is not null ? 30 : 0)) - inset;
        return (lines, width, y);
    }

    private static void Append(List<TextLine> lines, Lettering lettering, IReadOnlyList<string> texts, double x, ref double y)
    {
        foreach (var text in texts)
        {
            y += lettering.LineHeight;
            lines.Add(new TextLine(text, x, y - 3, lettering));
        }
    }

    private string Summary(TaskTrail task)
    {
        List<string> words = [];
        if (task.Starts > 0)
            words.Add($"{task.Starts}×");
        if (task.Skips > 0)
            words.Add(task.Skips == 1 && task.Starts == 0 ? "skipped" : $"skipped {task.Skips}×");
        if (task.Retries > 0)
            words.Add(task.Retries == 1 ? "tried again once" : $"tried again {task.Retries}×");
        if (task.Starts > 0 && !task.IsOpen)
            words.Add(task.Spent < TimeSpan.FromMilliseconds(1) ? "< 1 ms" : Phrases.Duration(task.Spent));
        if (task.Last == TraceEvent.Faulted)
            words.Add(Phrases.Failure(task.Error));
        if (task.Last == TraceEvent.Started && trail!.Outcome is null)
            words.Add("under way");
        return string.Join(" · ", words);
    }

    // In full it stands in the tooltip.
    private static IEnumerable<string> Data(TaskTrail task)
    {
        var unchanged = task.Last == TraceEvent.Completed && task.Input.Equals(task.Output);
        yield return $"{(unchanged ? "in, out" : "in")} {Phrases.Glimpse(task.Input)}";
        if (task.Last == TraceEvent.Completed && !unchanged)
            yield return $"out {Phrases.Glimpse(task.Output)}";
    }

    private string Story(TaskTrail task)
    {
        List<string> lines = [Summary(task), $"input: {Phrases.Data(task.Input)}"];
        if (task.Last == TraceEvent.Completed)
            lines.Add($"output: {Phrases.Data(task.Output)}");
        if (!task.Error.IsNull)
            lines.Add($"error: {Phrases.Data(task.Error)}");
        return string.Join('\n', lines);
    }
}
