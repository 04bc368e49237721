using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Drawing;

/// <summary>What a run did, read from its trace: which tasks, how often, how long, with which data, and which way it went.</summary>
public sealed class RunTrail
{
    private readonly Dictionary<string, TaskTrail> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string? To), List<JsonValue>> _hops = [];
    private readonly Dictionary<string, (string Task, JsonValue Data)> _last = new(StringComparer.Ordinal);

    private int _steps;
    private (string? Task, TraceEvent What) _latest;

    /// <summary>How the run ended; null while it goes on.</summary>
    public TraceEvent? Outcome { get; private set; }

    /// <summary>It has not ended, and does not go on until somebody says so.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public JsonValue Error { get; private set; }

    /// <summary>Pointer of the task whose error ended the run; null when none did.</summary>
    public string? FailedTask => Outcome == TraceEvent.Faulted && Error["instance"].TryGetString(out var instance) ? instance : null;

    /// <summary>Reads the lines of <c>voltwright run --trace</c>, or a run with its journal as the server shows it.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static RunTrail Parse(string text)
    {
        if (Document(text) is { } run)
            return Of(run);
        var trail = new RunTrail();
        foreach (var line in text.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)))
        {
            var entry = Line(line);
            // Lifecycle events tell the same once more.
            if (!entry["cloudEvent"].IsNull && entry["task"].IsNull)
                continue;
            trail.Add(entry);
        }

        trail.Close();
        trail.Outcome ??= trail.HasEnded ? TraceEvent.Completed : null;
        return trail;
    }

    /// <summary>Reads a run with its journal.</summary>
    /// <exception cref="FormatException">It has no journal.</exception>
    public static RunTrail Of(JsonValue run)
    {
        if (!run["journal"].TryGetArray(out var journal))
            throw new FormatException("The run has no 'journal'; ask for it by its id.");
        var trail = new RunTrail();
        foreach (var entry in journal.SelectMany(r => r["trace"].TryGetArray(out var trace) ? trace : JsonArray.Empty))
            trail.Add(entry);
        trail.Close();
        var status = run["status"].TryGetString(out var text) ? text : "";
        (trail.Outcome, trail.Error) = (Enum.TryParse<TraceEvent>(status, ignoreCase: true, out var outcome) ? outcome : null, run["error"]);
        trail.IsSuspended = status == "suspended";
        return trail;
    }

    /// <summary>What became of a task; null when the run never came there.</summary>
    public TaskTrail? Of(string pointer) => _tasks.GetValueOrDefault(pointer);

    /// <summary>Whether the error that ended the run came from that task or from within it.</summary>
    public bool HasFailedIn(string pointer) =>
        FailedTask is { } failed && (failed == pointer || failed.StartsWith(pointer + "/", StringComparison.Ordinal));

    /// <summary>The data handed on each time the run went from one task to the next in the same list.</summary>
    /// <param name="to">Null: to the list's end.</param>
    public IReadOnlyList<JsonValue> Passed(string from, string? to) => _hops.GetValueOrDefault((from, to)) ?? [];

    // One document: what the server answers for a run. Lines of a trace are several, and each names its task.
    private static JsonValue? Document(string text)
    {
        try
        {
            var document = JsonValue.Parse(text);
            return document["task"].IsString ? (JsonValue?)null : document;
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    private static JsonValue Line(string text)
    {
        try
        {
            var entry = JsonValue.Parse(text);
            return entry["task"].IsString || entry["cloudEvent"].IsObject ? entry : throw new FormatException("A line of the trace names no 'task'.");
        }
        catch (JsonFormatException e)
        {
            throw new FormatException($"This is neither a trace ('voltwright run --trace' writes one) nor a run with its journal: {e.Message}", e);
        }
    }

    private void Add(JsonValue entry)
    {
        var pointer = entry["task"].AsString();
        if (!Enum.TryParse<TraceEvent>(entry["event"].TryGetString(out var name) ? name : "", ignoreCase: true, out var what))
            throw new FormatException($"A trace has no event '{name}' (task {pointer}).");
        var at = entry["at"].TryGetString(out var time) ? Timestamps.Parse(time) : default;
        if (pointer == "/")
        {
            (Outcome, Error) = (what == TraceEvent.Started ? null : what, entry["error"]);
            return;
        }

        if (what is not TraceEvent.Emitted)
            _latest = (pointer, what);
        if (!_tasks.TryGetValue(pointer, out var task))
            _tasks.Add(pointer, task = new TaskTrail());
        if (what == TraceEvent.Started && task.FirstStep == 0)
            _steps++;
        task.Add(what, at, entry, _steps);
        if (what is TraceEvent.Started or TraceEvent.Skipped)
            Arrive(pointer, entry["input"]);
        if (what is TraceEvent.Completed or TraceEvent.Skipped)
            Leave(pointer, what == TraceEvent.Completed ? entry["output"] : entry["input"]);
        if (what == TraceEvent.Faulted)
            _last.Remove(ListOf(pointer));
        if (what == TraceEvent.Faulted && ListOf(pointer) == "/do")
            (Outcome, Error) = (what, entry["error"]);
    }

    private void Arrive(string pointer, JsonValue input)
    {
        if (_last.Remove(ListOf(pointer), out var before))
            Note(before.Task, pointer, input);
    }

    private void Leave(string pointer, JsonValue output)
    {
        // What is in this task is over: whatever came last in its lists led out of them.
        foreach (var inner in _last.Where(l => l.Key.StartsWith(pointer + "/", StringComparison.Ordinal)).ToArray())
        {
            Note(inner.Value.Task, null, inner.Value.Data);
            _last.Remove(inner.Key);
        }

        _last[ListOf(pointer)] = (pointer, output);
    }

    // Nothing is under way but what the last task stood in: the workflow ended there.
    private bool HasEnded => _latest is ({ } latest, TraceEvent.Completed or TraceEvent.Skipped)
        && _tasks.All(t => !t.Value.IsOpen || latest.StartsWith(t.Key + "/", StringComparison.Ordinal));

    private void Close()
    {
        foreach (var (task, data) in _last.Values)
            Note(task, null, data);
    }

    private void Note(string from, string? to, JsonValue data)
    {
        if (!_hops.TryGetValue((from, to), out var passed))
            _hops.Add((from, to), passed = []);
        passed.Add(data);
    }

    /// <summary>The list a task is in: <c>/do/3/a/try/0/b</c> is in <c>/do/3/a/try</c>.</summary>
    private static string ListOf(string pointer) => pointer[..pointer.LastIndexOf('/', pointer.LastIndexOf('/') - 1)];
}
