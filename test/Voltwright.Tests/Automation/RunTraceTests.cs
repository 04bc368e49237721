using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

public sealed class RunTraceTests
{
    [Fact]
    public void Trace_WhoseTasksHandOnWhatTheyWereGiven_TellsItOnceAndIsReadWhole()
    {
        var (given, made) = (JsonValue.Parse("""{"card":"A"}"""), JsonValue.Parse("""{"slot":1}"""));
        TraceEntry[] entries =
        [
            Entry(1, TraceEvent.Started, given), Entry(2, TraceEvent.Completed, given), Entry(3, TraceEvent.Started, given),
            Entry(4, TraceEvent.Faulted, JsonValue.Parse("""{"status":404}""")), Entry(5, TraceEvent.Started, given),
            Entry(6, TraceEvent.Emitted, made), Entry(7, TraceEvent.Completed, made), Entry(8, TraceEvent.Completed, 7), Entry(9, TraceEvent.Started, 7),
        ];

        JsonValue written = RunTrace.Write(entries);

        Assert.Equal(2, written.ToString().Split("\"card\"").Length - 1);
        Assert.Single(written.ToString().Split("\"slot\"").Skip(1));
        var read = RunTrace.Read(JsonValue.Parse(written.ToUtf8()).AsArray());
        Assert.Equal(entries.Select(e => ((JsonValue)e.ToJson()).ToString()), read.Select(line => line.ToString()));
    }

    private static TraceEntry Entry(long sequence, TraceEvent @event, JsonValue data) =>
        new(sequence, DateTimeOffset.UnixEpoch, "/do/0/a", "a", @event, data);
}
