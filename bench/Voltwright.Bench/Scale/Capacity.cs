namespace Voltwright.Bench.Scale;

/// <summary>
/// What the software does on the two cores of the reference machine, and what a machine of a plan has. Rates are the targets that the
/// benchmarks check; sizes are what they measured.
/// </summary>
public sealed record Capacity
{
    /// <summary><c>voltwright bench ocpp</c>: messages a second that write nothing.</summary>
    public double HeartbeatsPerSecond { get; init; } = 10_000;

    /// <summary><c>voltwright bench ocpp</c>: durable messages of transactions.</summary>
    public double DurableMessagesPerSecond { get; init; } = 3_000;

    /// <summary><c>voltwright bench runs</c>: whole runs of a first tap.</summary>
    public double RunsPerSecond { get; init; } = 2_000;

    /// <summary><c>voltwright bench runs</c>: commits of one run, its station's included.</summary>
    public double CommitsPerRun { get; init; } = 13;

    /// <summary><c>voltwright bench ocpp</c>: memory of a station that is connected and idle.</summary>
    public double BytesPerStation { get; init; } = 30_000;

    /// <summary>Checking a station's secret costs about five milliseconds of one core.</summary>
    public double LoginsPerCoreAndSecond { get; init; } = 200;

    /// <summary>Durable commits a second of one PostgreSQL primary, gathered.</summary>
    public double DatabaseCommitsPerSecond { get; init; } = 38_000;

    /// <summary>In the database, with its indexes: an event. <c>voltwright bench soak</c> prints what all of a session takes.</summary>
    public double BytesPerEvent { get; init; } = 800;

    /// <summary>A run with its journal.</summary>
    public double BytesPerRun { get; init; } = 19_500;

    /// <summary>A session with its price and payment, and what led to it.</summary>
    public double BytesPerSession { get; init; } = 5_000;

    /// <summary>Cores the figures above were measured on.</summary>
    public double MeasuredCores { get; init; } = 2;

    /// <summary>Cores of a node of the plan.</summary>
    public double NodeCores { get; init; } = 8;

    /// <summary>Memory of a node that stations may take.</summary>
    public double NodeBytes { get; init; } = 8e9;

    /// <summary>How much of a single machine's throughput a node of a cluster has.</summary>
    public double ClusterEfficiency { get; init; } = 0.7;

    /// <summary>How far anything is loaded at the peak of the day, so that a neighbour's load can be taken over.</summary>
    public double Headroom { get; init; } = 0.5;

    /// <summary>The most stations that one failure may touch: those of one cell.</summary>
    public double StationsPerCell { get; init; } = 100_000;

    /// <summary>Storage that one database is let grow to.</summary>
    public double DatabaseBytes { get; init; } = 8e12;

    /// <summary>How long events and runs stay in the database; sessions and payments stay for good.</summary>
    public double DaysKept { get; init; } = 30;
}
