namespace Voltwright.Bench.Scale;

/// <summary>What so many stations need: rates, cells, nodes, storage, and what breaks first. Arithmetic on demand and capacity.</summary>
public sealed record ScalePlan(Demand Demand, Capacity Capacity)
{
    private const int Seed = 1;

    /// <summary>The busiest minute of the day over the mean.</summary>
    public double Peak { get; } = Day.PeakOverMean(Demand.Stations * Demand.SessionsPerStationAndDay, Seed);

    public double CommitsPerSession =>
        Demand.MessagesPerSession + (Demand.RunsPerSession * Capacity.CommitsPerRun);

    public IReadOnlyList<Rate> Rates =>
    [
        new("sessions begun", Demand.SessionsPerSecond, Demand.SessionsPerSecond * Peak),
        new("heartbeats", Demand.HeartbeatsPerSecond, Demand.HeartbeatsPerSecond),
        new("other messages of stations", Mean(Demand.MessagesPerSession), AtPeak(Demand.MessagesPerSession)),
        new("commands to stations", Mean(Demand.CommandsPerSession), AtPeak(Demand.CommandsPerSession)),
        new("workflow runs", Mean(Demand.RunsPerSession), AtPeak(Demand.RunsPerSession)),
        new("events in the log", Mean(Demand.EventsPerSession), AtPeak(Demand.EventsPerSession)),
        new("durable commits", Mean(CommitsPerSession), AtPeak(CommitsPerSession)),
    ];

    public double BytesWrittenPerDay => Demand.Stations * Demand.SessionsPerStationAndDay
        * ((Demand.EventsPerSession * Capacity.BytesPerEvent) + (Demand.RunsPerSession * Capacity.BytesPerRun) + Capacity.BytesPerSession);

    /// <summary>Written a second at the peak, before the log of the database and its copies.</summary>
    public double BytesWrittenAtPeak => BytesWrittenPerDay / 86_400 * Peak;

    /// <summary>What is kept of events and runs.</summary>
    public double BytesOfHistory => Demand.Stations * Demand.SessionsPerStationAndDay * Capacity.DaysKept
        * ((Demand.EventsPerSession * Capacity.BytesPerEvent) + (Demand.RunsPerSession * Capacity.BytesPerRun));

    public double BytesOfSessionsPerYear => Demand.Stations * Demand.SessionsPerStationAndDay * 365 * Capacity.BytesPerSession;

    /// <summary>Cells: each its own database, cluster and address; a station belongs to one for good.</summary>
    public int Cells => (int)Math.Max(
        Math.Ceiling(Demand.Stations / Capacity.StationsPerCell),
        Math.Max(
            Math.Ceiling(AtPeak(CommitsPerSession) / (Capacity.DatabaseCommitsPerSecond * Capacity.Headroom)),
            Math.Ceiling((BytesOfHistory + BytesOfSessionsPerYear) / Capacity.DatabaseBytes)));

    /// <summary>Nodes of one cell, by what asks for them; the most decides, and one more may be away.</summary>
    public IReadOnlyList<(string By, double Nodes)> NodesOfACell =>
    [
        ("memory of connected stations", Demand.Stations / (double)Cells * Capacity.BytesPerStation / Capacity.NodeBytes),
        ("messages that write nothing", Demand.HeartbeatsPerSecond / Cells / OfANode(Capacity.HeartbeatsPerSecond)),
        ("durable messages", AtPeak(Demand.MessagesPerSession) / Cells / OfANode(Capacity.DurableMessagesPerSecond)),
        ("workflow runs", AtPeak(Demand.RunsPerSession) / Cells / OfANode(Capacity.RunsPerSecond)),
    ];

    /// <summary>The kinds of work share the processors, memory stands beside them; one node more than needed, and three at least.</summary>
    public int NodesPerCell => (int)Math.Max(3, 1 + Math.Ceiling(Math.Max(
        NodesOfACell[0].Nodes, NodesOfACell.Skip(1).Sum(n => n.Nodes))));

    public double StationsPerNode => Demand.Stations / (double)(Cells * NodesPerCell);

    public double LoginsPerSecondOfACell => NodesPerCell * Capacity.NodeCores * Capacity.LoginsPerCoreAndSecond;

    public StormOutcome Storm => ReconnectStorm.Simulate(Demand.Stations / Cells, LoginsPerSecondOfACell, Seed);

    /// <summary>With one database and one node of the plan: at how many stations each limit is met, the lowest first.</summary>
    public IReadOnlyList<(string What, double Stations)> BreaksFirst => new (string What, double Stations)[]
    {
        ("one node: durable messages and runs take half of its processors", Demand.Stations / (double)Cells / NodesOfACell.Skip(1).Sum(n => n.Nodes)),
        ("one node: memory of connected stations", Capacity.NodeBytes / Capacity.BytesPerStation),
        ("one database: history of " + $"{Capacity.DaysKept:0} days fills its storage", Capacity.DatabaseBytes / (BytesOfHistory / Demand.Stations)),
        ("one database: commits at the peak", Capacity.DatabaseCommitsPerSecond * Capacity.Headroom / (AtPeak(CommitsPerSession) / Demand.Stations)),
        ("one node: everybody back within ten minutes", Capacity.NodeCores * Capacity.LoginsPerCoreAndSecond * 600),
    }.OrderBy(limit => limit.Stations).ToList();

    private double Mean(double perSession) => Demand.SessionsPerSecond * perSession;

    private double AtPeak(double perSession) => Mean(perSession) * Peak;

    private double OfANode(double measured) =>
        measured / Capacity.MeasuredCores * Capacity.NodeCores * Capacity.ClusterEfficiency * Capacity.Headroom;
}

/// <param name="Mean">A second, over the day.</param>
/// <param name="Peak">A second, in the busiest minute.</param>
public sealed record Rate(string What, double Mean, double Peak);
