using Voltwright.Workflows.Compiling;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Resources;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Schemas;

namespace Voltwright.Workflows;

/// <summary>A definition, compiled once, run as often as wanted. Immutable; safe to share.</summary>
public sealed class WorkflowProgram
{
    private readonly IReadOnlyDictionary<string, TaskNode> _nodes;

    internal WorkflowProgram(WorkflowDefinition definition, WorkflowNode root, IReadOnlyDictionary<string, TaskNode> nodes)
    {
        Definition = definition;
        Root = root;
        _nodes = nodes;
        ErrorTypes = ErrorTypes.For(definition);
    }

    public WorkflowDefinition Definition { get; }

    public string Namespace => Definition.Document.Namespace;

    public string Name => Definition.Document.Name;

    public string Version => Definition.Document.Version;

    public string Dsl => Definition.Document.Dsl;

    /// <summary>The names in <c>use.secrets</c>.</summary>
    public IReadOnlyList<string> Secrets => Definition.Use.Secrets;

    /// <summary><c>schedule.on</c>; null when runs are not started by events.</summary>
    public EventTrigger? Trigger { get; internal init; }

    /// <summary><c>schedule.every</c>, <c>cron</c> or <c>after</c>; null when runs are not started by time.</summary>
    public TimeTrigger? Times { get; internal init; }

    internal WorkflowNode Root { get; }

    /// <summary>Whether any task listens to events.</summary>
    internal bool Listens { get; init; }

    /// <summary>The types that tasks listen to; null when one of them takes every type, or gives it by a pattern.</summary>
    internal IReadOnlyList<string>? ListenedTypes { get; init; }

    /// <summary>Whether the task at that pointer is a <c>listen</c>.</summary>
    internal bool IsListening(string pointer) => Listens && ListenPointers.Contains(pointer);

    internal IReadOnlySet<string> ListenPointers { get; init; } = new HashSet<string>();

    internal ErrorTypes ErrorTypes { get; }

    internal CompiledSchema? InputSchema { get; init; }

    internal ValueTemplate? InputFrom { get; init; }

    internal ValueTemplate? OutputAs { get; init; }

    internal CompiledSchema? OutputSchema { get; init; }

    internal CompiledDuration? Timeout { get; init; }

    /// <summary>Compiles a definition, or says at which places it cannot run and why.</summary>
    /// <param name="features">What the host that will run it can do.</param>
    /// <param name="resources">By address: what an earlier compilation said is missing.</param>
    public static WorkflowCompilation Compile(
        WorkflowDefinition definition, HostFeatures features = HostFeatures.None, IReadOnlyDictionary<string, FetchedResource>? resources = null) =>
        new ProgramCompiler(definition, features, resources ?? new Dictionary<string, FetchedResource>()).Compile();

    /// <summary>Reads and compiles in one go; a definition with errors is not compiled further than needed to find more of them.</summary>
    /// <param name="sourceName">What findings call the file.</param>
    /// <param name="features">What the host that will run it can do.</param>
    /// <param name="resources">By address: what an earlier compilation said is missing.</param>
    public static WorkflowCompilation Load(
        string text, string sourceName, HostFeatures features = HostFeatures.None, IReadOnlyDictionary<string, FetchedResource>? resources = null)
    {
        var reading = WorkflowReader.Read(text, sourceName);
        if (reading.Definition is null)
            return new WorkflowCompilation(null, reading.Findings);
        var compilation = Compile(reading.Definition, features, resources);
        return new WorkflowCompilation(
            reading.HasErrors ? null : compilation.Program,
            [.. reading.Findings.Concat(compilation.Findings).Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column)])
        {
            Missing = compilation.Missing,
        };
    }

    /// <exception cref="FormatException">There is no such task.</exception>
    internal TaskNode Node(string id) =>
        _nodes.TryGetValue(id, out var node) ? node : throw new FormatException($"'{Name}' has no task '{id}': the state belongs to another definition.");
}
