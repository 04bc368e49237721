using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Looks for where a name can be found.</summary>
internal static class ShapeSearch
{
    private const int Deepest = 4;

    /// <summary>A path to a member of that name in the input, the context or what the run was started with; null when there is none.</summary>
    public static string? Find(string name, FlowState state) =>
        Find(name, state.Context, "$context", Deepest) ?? Find(name, state.Input, "", Deepest) ?? Find(name, state.Start, "$workflow.input", Deepest);

    /// <summary>By the names of members: the first call or set whose output has it for certain.</summary>
    public static Dictionary<string, FlowPoint> Producers(Observations observations)
    {
        var producers = new Dictionary<string, FlowPoint>(StringComparer.Ordinal);
        foreach (var (point, output) in observations.Outputs)
        {
            if (point.Task is not (CallHttpTask or CallFunctionTask or SetTask) || output.Object is not { } members)
                continue;
            foreach (var (name, member) in members.Members)
            {
                if (member.IsRequired)
                    producers.TryAdd(name, point);
            }
        }

        return producers;
    }

    private static string? Find(string name, Shape shape, string path, int depth)
    {
        if (depth == 0 || shape.IsAny)
            return null;
        if (shape.Array is { First: [var first, ..] })
            return Find(name, first, $"{path}[0]", depth - 1);
        if (shape.Object is not { } members)
            return null;
        if (members.Members.TryGetValue(name, out var found) && !found.Shape.IsNever)
            return $"{path}.{name}";
        // 'sessionId' is the 'id' of 'session'.
        if (name.EndsWith("Id", StringComparison.Ordinal) && members.Members.TryGetValue(name[..^2], out var owner) && owner.Shape.Object?.Must("id") is true)
            return $"{path}.{name[..^2]}.id";
        foreach (var (key, member) in members.Members)
        {
            // Paths are only written where there is something to go into.
            if (depth > 1 && (member.Shape.Object is not null || member.Shape.Array is not null)
                && Find(name, member.Shape, $"{path}.{key}", depth - 1) is { } inside)
                return inside;
        }

        return null;
    }
}
