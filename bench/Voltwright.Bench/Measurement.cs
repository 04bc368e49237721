namespace Voltwright.Bench;

/// <summary>A measured value and what it is compared with.</summary>
public sealed record Measurement
{
    public required string Benchmark { get; init; }

    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    public required double Value { get; init; }

    /// <summary>For example <c>evaluations/s per core</c>; per core means per second of processor time that this process used.</summary>
    public required string Unit { get; init; }

    /// <summary>The same work done by something else in the same run.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>What must be reached; null where the value is only reported.</summary>
    public Target? Target { get; init; }

    /// <summary>How many times better than the baseline: above 1 is better, whichever way the unit counts.</summary>
    public double? Ratio => Baseline is null ? null : LessIsBetter ? Baseline.Value / Value : Value / Baseline.Value;

    /// <summary>For times and sizes.</summary>
    public bool LessIsBetter { get; init; }

    /// <summary>Null: nothing is to be reached. A ratio without its baseline is not shown, so not met.</summary>
    public bool? Met => Target is null ? null
        : Target.IsRatio ? Ratio is { } ratio && ratio >= Target.Value
        : LessIsBetter ? Value <= Target.Value : Value >= Target.Value;
}

public sealed record Baseline(string Name, double Value);

/// <summary>The least (or, for times and sizes, the most) that will do: of the value itself, or of its ratio to the baseline.</summary>
public sealed record Target(double Value, bool IsRatio = false);
