using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Drawing;

/// <summary>What became of one task in a run.</summary>
public sealed class TaskTrail
{
    private DateTimeOffset? _since;

    /// <summary>Whether it began and nothing more was told: it is under way, or the workflow ended within it.</summary>
    public bool IsOpen => _since is not null;

    /// <summary>When it began among all tasks, from 1; 0 when it was only skipped.</summary>
    public int FirstStep { get; private set; }

    public int Starts { get; private set; }

    public int Retries { get; private set; }

    public int Faults { get; private set; }

    public int Skips { get; private set; }

    /// <summary>Over all its starts.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>The last thing that happened to it, retries apart; null before anything did.</summary>
    public TraceEvent? Last { get; private set; }

    public JsonValue Input { get; private set; }

    /// <summary>Its last output; null unless it completed.</summary>
    public JsonValue Output { get; private set; }

    /// <summary>Its last error.</summary>
    public JsonValue Error { get; private set; }

    internal void Add(TraceEvent what, DateTimeOffset at, JsonValue entry, int step)
    {
        switch (what)
        {
            case TraceEvent.Started:
                FirstStep = FirstStep == 0 ? step : FirstStep;
                Starts++;
                _since = at;
                Input = entry["input"];
                break;
            case TraceEvent.Skipped:
                Skips++;
                Input = entry["input"];
                break;
            case TraceEvent.Retried:
                Retries++;
                Error = entry["error"];
                return;
            case TraceEvent.Emitted:
                return;
            case TraceEvent.Completed:
                Output = entry["output"];
                break;
            case TraceEvent.Faulted:
                Faults++;
                Error = entry["error"];
                break;
        }

        Last = what;
        if (what is TraceEvent.Started or TraceEvent.Skipped)
            return;
        Spent += _since is { } since ? at - since : TimeSpan.Zero;
        _since = null;
    }
}
