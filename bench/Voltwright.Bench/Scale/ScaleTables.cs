using System.Globalization;
using System.Text;

namespace Voltwright.Bench.Scale;

/// <summary>A plan as tables of Markdown, which people read as they are.</summary>
public static class ScaleTables
{
    public const string Begin = "<!-- figures: voltwright scale -->";
    public const string End = "<!-- end of figures -->";

    public static string Of(ScalePlan plan)
    {
        var text = new StringBuilder();
        var (demand, capacity) = (plan.Demand, plan.Capacity);
        Table(text, $"{Whole(demand.Stations)} stations, a second", ["", "mean", "busiest minute"],
            plan.Rates.Select(r => new[] { r.What, Number(r.Mean), Number(r.Peak) }));
        Table(text, "What has to be there", ["", ""],
        [
            ["busiest minute over the mean of the day, simulated", Number(plan.Peak)],
            ["cells, each with its own database and cluster", Whole(plan.Cells)],
            ["stations of a cell: what one failure touches at most", Whole(demand.Stations / (double)plan.Cells)],
            ["nodes of a cell, one of them to spare", Whole(plan.NodesPerCell)],
            ["nodes in all", Whole(plan.Cells * plan.NodesPerCell)],
            ["stations of a node", Whole(plan.StationsPerNode)],
            ["durable commits a second of a cell's database, busiest minute", Whole(plan.Rates[^1].Peak / plan.Cells)],
            ["written a day", Bytes(plan.BytesWrittenPerDay)],
            ["written a second, busiest minute, all databases", Bytes(plan.BytesWrittenAtPeak)],
            [$"events and runs of {capacity.DaysKept:0} days, all databases", Bytes(plan.BytesOfHistory)],
            ["the same in one cell", Bytes(plan.BytesOfHistory / plan.Cells)],
            ["sessions and payments of a year, all databases", Bytes(plan.BytesOfSessionsPerYear)],
        ]);
        Table(text, "Nodes of a cell, by what asks for them", ["", "nodes"], plan.NodesOfACell.Select(n => new[] { n.By, Number(n.Nodes) }));
        Table(text, "What breaks first, with one node and one database", ["limit", "stations"],
            plan.BreaksFirst.Select(l => new[] { l.What, Whole(Math.Round(l.Stations / 1000) * 1000) }));
        var storm = plan.Storm;
        Table(text, "A cell loses all connections at once, simulated", ["", ""],
        [
            ["logins a second", Whole(plan.LoginsPerSecondOfACell)],
            ["half of the stations are back after", $"{storm.Half} s"],
            ["99 of 100 are back after", $"{storm.Most} s"],
            ["all are back after", $"{storm.All} s"],
            ["attempts that found no room", Whole(storm.Refused)],
        ]);
        return text.ToString().TrimEnd();
    }

    private static void Table(StringBuilder text, string title, string[] head, IEnumerable<string[]> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"**{title}**\n\n| {string.Join(" | ", head)} |\n|---|{string.Concat(head.Skip(1).Select(_ => "---:|"))}\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        text.Append('\n');
    }

    private static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Number(double value) => value >= 100 ? Whole(value) : value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Bytes(double bytes) => bytes switch
    {
        >= 1e12 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e12:0.#} TB"),
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
    };
}
