using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Resources;
using Voltwright.Workflows.Schemas;

namespace Voltwright.Workflows.Compiling;

/// <summary>Turns a definition into a program; finds what structure alone does not show: bad expressions, targets and references.</summary>
internal sealed class ProgramCompiler
{
    private readonly WorkflowDefinition _definition;
    private readonly ReadingContext _context;
    private readonly Dictionary<string, TaskNode> _nodes = new(StringComparer.Ordinal);
    private readonly TaskCompiler _tasks;
    private readonly ExtensionCompiler _extensions;

    public ProgramCompiler(WorkflowDefinition definition, HostFeatures features, IReadOnlyDictionary<string, FetchedResource> resources)
    {
        _definition = definition;
        Features = features;
        _context = new ReadingContext(definition.SourceName);
        Expressions = new ExpressionCompiler(_context, definition.Evaluate.Loose, definition.Evaluate.Language is "javascript" or "js");
        References = new ReferenceResolver(definition, _context);
        Resources = new ResourceFinder(this, _context, resources);
        _tasks = new TaskCompiler(this, _context);
        _extensions = new ExtensionCompiler(this);
    }

    public HostFeatures Features { get; }

    public ExpressionCompiler Expressions { get; }

    public ReferenceResolver References { get; }

    public ResourceFinder Resources { get; }

    public WorkflowDefinition Definition => _definition;

    /// <summary>Tasks compiled so far, those of functions once for each call.</summary>
    public int Count => _nodes.Count;

    public WorkflowCompilation Compile()
    {
        if (_definition.Evaluate.Language is not ("jq" or "javascript" or "js"))
        {
            _context.Error(_definition.Source["evaluate"]!, Rules.Unsupported, $"Expressions in '{_definition.Evaluate.Language}' are not supported.",
                "write them in jq or javascript");
        }

        var root = Root();
        var listening = _nodes.Values.OfType<ListenNode>().Select(n => n.Types).ToArray();
        var schedule = new ScheduleCompiler(this, _context);
        var program = new WorkflowProgram(_definition, root, _nodes)
        {
            InputSchema = Schema(_definition.Input?.Schema),
            InputFrom = Expressions.Transform(_definition.Input?.Transform, Place.WorkflowInput, []),
            OutputAs = Expressions.Transform(_definition.Output?.Transform, Place.WorkflowOutput, []),
            OutputSchema = Schema(_definition.Output?.Schema),
            Timeout = Timeout(_definition.Timeout, CompileScope.Root),
            Listens = listening.Length > 0,
            ListenPointers = _nodes.Values.OfType<ListenNode>().Select(n => n.Pointer).ToHashSet(StringComparer.Ordinal),
            ListenedTypes = listening.Any(t => t is null) ? null : [.. listening.SelectMany(t => t!).Distinct()],
            Trigger = schedule.Trigger(),
            Times = schedule.Times(),
        };
        return new WorkflowCompilation(
            _context.HasErrors || Resources.Missing.Count > 0 ? null : program, [.. _context.Findings.Distinct().OrderBy(f => f.Line).ThenBy(f => f.Column)])
        {
            Missing = Resources.Missing,
        };
    }

    public TaskListNode List(TaskList tasks, CompileScope scope)
    {
        var list = new TaskListNode();
        FlowRules.Names(tasks, _context);
        var targets = FlowRules.Targets(tasks);
        list.Tasks = [.. tasks.Tasks.Select((task, index) => Task(task, list, index, scope, targets))];
        return list;
    }

    /// <summary>A list of one: a branch, a function. It has no neighbours to go to.</summary>
    public TaskListNode Single(TaskDefinition task, CompileScope scope)
    {
        var list = new TaskListNode();
        list.Tasks = [Task(task, list, 0, scope, new Dictionary<string, int>())];
        return list;
    }

    public CompiledDuration? Duration(DurationDefinition? duration, CompileScope scope)
    {
        if (duration is null)
            return null;
        if (duration.Constant is { } constant)
            return new CompiledDuration(constant, null);
        return Expressions.Expression(duration.Source, Place.TaskBody, scope.Variables) is { } expression ? new CompiledDuration(default, expression) : null;
    }

    public CompiledDuration? Timeout(TimeoutDefinition? timeout, CompileScope scope) => Duration(References.Timeout(timeout)?.After, scope);

    public CompiledSchema? Schema(SchemaDefinition? schema)
    {
        if (schema is null)
            return null;
        if (schema.Format.Split(':')[0] != "json")
            _context.Error(schema.Source, Rules.Unsupported, $"Schemas in the format '{schema.Format}' are not supported.", "use 'json'");
        else if (SchemaDocument(schema) is not { } document)
            return null;
        else if (SchemaCompiler.Compile(document, out var problem) is { } compiled)
            return compiled;
        else
            _context.Error(schema.Document ?? schema.Source, Rules.Schema, problem!);
        return null;
    }

    private JsonValue? SchemaDocument(SchemaDefinition schema)
    {
        if (schema.Document is not null)
            return schema.Document.ToJson();
        if (schema.Resource?.Endpoint is not { } endpoint || Resources.Of(endpoint, ResourceAddress.Raw) is not { } reference
            || Resources.Text(reference, schema.Source) is not { } text)
        {
            return null;
        }

        try
        {
            return WorkflowReader.ReadValue(text);
        }
        catch (FormatException e)
        {
            _context.Error(schema.Source, Rules.Schema, $"'{reference}' is neither JSON nor YAML: {e.Message}");
            return null;
        }
    }

    public Directive Directive(SourceNode? then, IReadOnlyDictionary<string, int> targets)
    {
        switch (then?.Text)
        {
            case null or "continue": return Programs.Directive.Continue;
            case "exit": return new Directive(DirectiveKind.Exit);
            case "end": return new Directive(DirectiveKind.End);
            case var name:
                if (targets.TryGetValue(name, out var index))
                    return new Directive(DirectiveKind.Target, index);
                FlowRules.UnknownTarget(then!, name, targets.Keys, _context);
                return Programs.Directive.Continue;
        }
    }

    private WorkflowNode Root()
    {
        var list = List(_definition.Do, CompileScope.Root);
        if (list.Tasks.Length == 0 && _definition.Source["do"] is { Items.Count: 0 } empty)
            _context.Error(empty, Rules.MissingProperty, "A workflow needs at least one task.");
        var frame = new TaskNode.TaskFrame
        {
            Name = _definition.Document.Name, Pointer = "/", Id = "/", Definition = _definition.Json, List = list, Index = 0,
        };
        var root = new WorkflowNode(list) { Frame = frame };
        _nodes["/"] = root;
        return root;
    }

    private TaskNode Task(TaskDefinition task, TaskListNode list, int index, CompileScope scope, IReadOnlyDictionary<string, int> targets)
    {
        var properties = task.Properties;
        var variables = scope.Variables;
        var frame = new TaskNode.TaskFrame
        {
            Name = task.Name,
            Pointer = task.Pointer,
            Id = scope.IdPrefix + task.Pointer,
            Definition = task.Source.ToJson(),
            List = list,
            Index = index,
            If = Expressions.Expression(properties.If, Place.TaskInput, variables),
            InputSchema = Schema(properties.Input?.Schema),
            InputFrom = Expressions.Transform(properties.Input?.Transform, Place.TaskInput, variables),
            OutputAs = Expressions.Transform(properties.Output?.Transform, Place.TaskOutput, variables),
            OutputSchema = Schema(properties.Output?.Schema),
            ExportAs = Expressions.Transform(properties.Export?.Transform, Place.TaskExport, variables),
            ExportSchema = Schema(properties.Export?.Schema),
            Timeout = Timeout(properties.Timeout, scope),
            Then = Directive(properties.Then, targets),
        };
        var extensions = scope.InExtension ? [] : _extensions.Around(task, frame.Id, scope);
        var node = extensions.Length == 0 ? _tasks.Compile(task, frame, scope, targets) : Extended(task, frame, scope, targets, extensions);
        _nodes[frame.Id] = node;
        return node;
    }

    private ExtendedNode Extended(
        TaskDefinition task, TaskNode.TaskFrame frame, CompileScope scope, IReadOnlyDictionary<string, int> targets, TaskExtension[] extensions)
    {
        var body = new TaskListNode();
        var own = new TaskNode.TaskFrame
        {
            Name = frame.Name, Pointer = frame.Pointer, Id = $"{frame.Id}*", Definition = frame.Definition, List = body, Index = 0, IsExtended = true,
        };
        body.Tasks = [_tasks.Compile(task, own, scope, targets)];
        _nodes[own.Id] = body.Tasks[0];
        return new ExtendedNode(body, extensions) { Frame = frame };
    }
}
