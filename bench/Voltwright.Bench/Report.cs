using System.Diagnostics;
using Voltwright.Jq;

namespace Voltwright.Bench;

/// <summary>Collects measurements and remarks, and how much time the whole took by the clock and by the processor.</summary>
/// <param name="duration">How long benchmarks take that may take any time; null: a minute.</param>
/// <param name="sessions">How many sessions benchmarks make that may make any number.</param>
public sealed class Report(string benchmark, TimeSpan? duration = null, long sessions = Report.ManySessions)
{
    public const long ManySessions = 10_000_000;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processorAtStart = Environment.CpuUsage.TotalTime;
    private readonly List<Measurement> _measurements = [];
    private readonly List<string> _remarks = [];

    public string Benchmark => benchmark;

    public TimeSpan Duration => duration ?? TimeSpan.FromMinutes(1);

    public long Sessions => sessions;

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>What a reader must know to judge the numbers, such as a baseline that is not installed.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    public TimeSpan Wall => Stopwatch.GetElapsedTime(_started);

    public TimeSpan Processor => Environment.CpuUsage.TotalTime - _processorAtStart;

    public void Remark(string text) => _remarks.Add(text);

    public Measurement Add(
        string name, double value, string unit, Baseline? baseline = null, Target? target = null, bool lessIsBetter = false)
    {
        var measurement = new Measurement
        {
            Benchmark = benchmark, Name = name, Value = value, Unit = unit, Baseline = baseline, Target = target, LessIsBetter = lessIsBetter,
        };
        _measurements.Add(measurement);
        return measurement;
    }

    public JsonObject ToJson() => JsonObject.Of(
        ("benchmark", benchmark),
        ("measurements", JsonArray.From(_measurements.Select(m => (JsonValue)ToJson(m)))),
        ("remarks", JsonArray.From(_remarks.Select(r => (JsonValue)r))),
        ("wallMs", Math.Round(Wall.TotalMilliseconds)),
        ("processorMs", Math.Round(Processor.TotalMilliseconds)));

    private static JsonObject ToJson(Measurement m) => JsonObject.Of(
        ("name", m.Name),
        ("value", m.Value),
        ("unit", m.Unit),
        ("lessIsBetter", m.LessIsBetter),
        ("baseline", m.Baseline is { } b ? JsonObject.Of(("name", b.Name), ("value", b.Value)) : JsonValue.Null),
        ("ratio", m.Ratio is { } ratio ? ratio : JsonValue.Null),
        ("target", m.Target is { } t ? JsonObject.Of(("value", t.Value), ("of", t.IsRatio ? "ratio" : "value")) : JsonValue.Null),
        ("met", m.Met is { } met ? met : JsonValue.Null));
}
