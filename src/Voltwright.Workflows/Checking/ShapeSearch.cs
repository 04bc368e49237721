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

    /// <summary>A call whose output has a member of that name; null when there is none.</summary>
    public static FlowPoint? Producer(string name, Observations observations) => observations.Outputs
        .Where(o => o.Key.Task is CallHttpTask or CallFunctionTask or SetTask && o.Value.Object is { } members && members.Must(name))
        .Select(o => o.Key).FirstOrDefault();

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
        return members.Members.Select(m => Find(name, m.Value.Shape, $"{path}.{m.Key}", depth - 1)).FirstOrDefault(p => p is not null);
    }
}
