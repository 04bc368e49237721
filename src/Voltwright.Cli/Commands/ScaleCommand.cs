using System.CommandLine;
using Voltwright.Bench.Scale;

namespace Voltwright.Cli.Commands;

/// <summary>What so many stations need, by a model whose figures are measured ones; see <c>docs/scale.md</c>.</summary>
internal static class ScaleCommand
{
    private static readonly Option<int> Stations = new("--stations")
    {
        Description = "How many stations.",
        DefaultValueFactory = _ => new Demand().Stations,
    };

    private static readonly Option<double> Sessions = new("--sessions")
    {
        Description = "Sessions of a station a day.",
        DefaultValueFactory = _ => new Demand().SessionsPerStationAndDay,
    };

    private static readonly Option<double> Meter = new("--meter-seconds")
    {
        Description = "Seconds between two readings of a meter while charging.",
        DefaultValueFactory = _ => new Demand().MeterSeconds,
    };

    private static readonly Option<double> Cores = new("--node-cores")
    {
        Description = "Cores of a node.",
        DefaultValueFactory = _ => new Capacity().NodeCores,
    };

    private static readonly Option<double> Days = new("--days")
    {
        Description = "Days that events and runs stay in the database.",
        DefaultValueFactory = _ => new Capacity().DaysKept,
    };

    public static Command Create() => new Command("scale", "Compute what so many stations need: rates, nodes, databases, and what breaks first.")
    {
        Stations, Sessions, Meter, Cores, Days,
    }.Runs((parsed, _) =>
    {
        Check("--stations", parsed.GetValue(Stations));
        foreach (var option in new[] { Sessions, Meter, Cores, Days })
            Check(option.Name, parsed.GetValue(option));
        var demand = new Demand
        {
            Stations = parsed.GetValue(Stations),
            SessionsPerStationAndDay = parsed.GetValue(Sessions),
            MeterSeconds = parsed.GetValue(Meter),
        };
        var capacity = new Capacity { NodeCores = parsed.GetValue(Cores), DaysKept = parsed.GetValue(Days) };
        Console.WriteLine(ScaleTables.Of(new ScalePlan(demand, capacity)));
        return Task.FromResult(ExitCode.Success);
    });

    private static void Check(string name, double value)
    {
        if (!(value > 0))
            throw new UsageException($"{name} {value} is not a positive number.");
    }
}
