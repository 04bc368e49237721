using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Checking;

/// <summary>
/// Runs that events start run side by side. Where one looks something up, decides by it, and then creates something there, another may
/// have done the same in between; unless the lookup, or the change, says as of when it means.
/// </summary>
internal static class OvertakingRule
{
    private static readonly string[] Preconditions = ["if-match", "if-none-match", "if-unmodified-since", "idempotency-key"];

    public static void Find(CheckRound round)
    {
        if (round.Definition.Schedule?.On is null)
            return;
        var calls = round.Subject.Plan.Points.Where(p => p.Task is CallHttpTask && round.Observations.Entries.ContainsKey(p)).ToArray();
        foreach (var change in calls.Where(p => Method(p) == "post"))
        {
            var lookup = calls.FirstOrDefault(p => Method(p) == "get" && p.Order < change.Order && Concerns(p, change) && Decides(p, change));
            if (lookup is null || IsTied((CallHttpTask)lookup.Task) || IsTied((CallHttpTask)change.Task))
                continue;
            round.Sink.Add(change.Task, Rules.ReadThenChange,
                $"'{change.Task.Name}' acts on what '{lookup.Task.Name}' (line {lookup.Task.Properties.NameAt.Line}) has found: "
                + "of two events at once, both runs may find the same and both act.",
                "tie the two together: let the lookup say as of which event it asks, with a query such as at: ${ … .time }, "
                + "or give the change a precondition (If-Match)");
        }
    }

    private static string? Method(FlowPoint point) => ((CallHttpTask)point.Task).Method.Text?.ToLowerInvariant();

    // What is changed holds what was looked up.
    private static bool Concerns(FlowPoint lookup, FlowPoint change)
    {
        var (read, written) = (Address(lookup), Address(change));
        return read is not null && written is not null && (read == written || read.StartsWith(written + "/", StringComparison.Ordinal));
    }

    private static string? Address(FlowPoint point) =>
        ((CallHttpTask)point.Task).Endpoint.Uri.Text is { } text && !ExpressionText.IsMarked(text) ? text.TrimEnd('/') : null;

    // Between the two, where both have a list in common, a switch leads to what changes.
    private static bool Decides(FlowPoint lookup, FlowPoint change)
    {
        var (from, to) = (Outer(lookup), Outer(change));
        var common = from.FirstOrDefault(f => to.Any(t => t.List == f.List));
        if (common is null)
            return false;
        var target = to.First(t => t.List == common.List);
        return common.List.Points.Any(p => p.Index > common.Index && p.Index <= target.Index && p.Task is SwitchTask choice
            && choice.Cases.Any(c => c.Then?.Text == target.Task.Name));
    }

    private static List<FlowPoint> Outer(FlowPoint point)
    {
        var outer = new List<FlowPoint>();
        for (FlowPoint? at = point; at is not null; at = at.List.Owner)
            outer.Add(at);
        return outer;
    }

    private static bool IsTied(CallHttpTask call) =>
        (call.Query?.Members ?? []).Any(m => m.Value.Text is { } text && ExpressionText.IsMarked(text))
        || (call.Headers?.Members ?? []).Any(m => Preconditions.Contains(m.Name.ToLowerInvariant()));
}
