using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles tasks, kind by kind.</summary>
internal sealed class TaskCompiler(ProgramCompiler program, ReadingContext context)
{
    private readonly ExpressionCompiler _expressions = program.Expressions;
    private readonly HttpCompiler _http = new(program);
    private readonly InvocationCompiler _invocations = new(program, context);

    public TaskNode Compile(TaskDefinition task, TaskNode.TaskFrame frame, CompileScope scope, IReadOnlyDictionary<string, int> targets) => task switch
    {
        SetTask set => new SetNode(_expressions.Template(set.Value, Place.TaskBody, scope.Variables)) { Frame = frame },
        SwitchTask choice => Switch(choice, frame, scope, targets),
        DoTask sequence => new DoNode(program.List(sequence.Do, scope)) { Frame = frame },
        CallHttpTask call => new HttpNode(_http.Call(call, scope)) { Frame = frame },
        TryTask attempt => Try(attempt, frame, scope, targets),
        ForTask loop => For(loop, frame, scope),
        RaiseTask raise => Raise(raise, frame, scope),
        EmitTask emit => Emit(emit, frame, scope),
        WaitTask wait => new WaitNode(program.Duration(wait.Duration, scope) ?? new CompiledDuration(default, null)) { Frame = frame },
        ForkTask fork => Fork(fork, frame, scope),
        CallFunctionTask call => Function(call, frame, scope),
        ListenTask listen when program.Features.HasFlag(HostFeatures.Events) => new ListenCompiler(program, context).Listen(listen, frame, scope),
        RunTask { Kind: "workflow" } run when program.Features.HasFlag(HostFeatures.ChildRuns) => Child(run, frame, scope),
        CallProtocolTask call when program.Features.HasFlag(HostFeatures.Invocations) => _invocations.Call(call, frame, scope),
        RunTask { Kind: not "workflow" } run when program.Features.HasFlag(HostFeatures.Invocations) => _invocations.Run(run, frame, scope),
        _ => Unsupported(task, frame, scope),
    };

    private SwitchNode Switch(SwitchTask task, TaskNode.TaskFrame frame, CompileScope scope, IReadOnlyDictionary<string, int> targets)
    {
        var cases = new List<(CompiledExpression, Directive)>();
        Directive? otherwise = null;
        foreach (var @case in task.Cases)
        {
            var then = program.Directive(@case.Then, targets);
            if (@case.When is null)
                otherwise = then;
            else if (_expressions.Expression(@case.When, Place.TaskBody, scope.Variables) is { } when)
                cases.Add((when, then));
        }

        return new SwitchNode([.. cases], otherwise) { Frame = frame };
    }

    private TryNode Try(TryTask task, TaskNode.TaskFrame frame, CompileScope scope, IReadOnlyDictionary<string, int> targets)
    {
        var clause = task.Catch;
        var inside = scope.With(clause.As);
        var filter = clause.With is null ? null : new ErrorFilter(clause.With.ToJson().AsObject());
        return new TryNode(program.List(task.Try, scope), new CatchClause(
            filter,
            clause.As,
            _expressions.Expression(clause.When, Place.TaskBody, inside.Variables),
            _expressions.Expression(clause.ExceptWhen, Place.TaskBody, inside.Variables),
            Retry(program.References.Retry(clause), inside),
            clause.Do is null ? null : program.List(clause.Do, inside),
            clause.Then is null ? null : program.Directive(clause.Then, targets)))
        {
            Frame = frame,
        };
    }

    private RetryPolicy? Retry(RetryDefinition? retry, CompileScope scope) => retry is null ? null : new RetryPolicy(
        _expressions.Expression(retry.When, Place.TaskBody, scope.Variables),
        _expressions.Expression(retry.ExceptWhen, Place.TaskBody, scope.Variables),
        program.Duration(retry.Delay, scope),
        retry.Backoff,
        retry.AttemptCount,
        program.Duration(retry.AttemptDuration, scope),
        program.Duration(retry.Duration, scope),
        program.Duration(retry.JitterFrom, scope),
        program.Duration(retry.JitterTo, scope));

    private ForNode For(ForTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var inside = scope.With(task.Each, task.At);
        var items = _expressions.Transform(task.In, Place.TaskBody, scope.Variables) ?? new ConstantTemplate(default);
        var condition = _expressions.Expression(task.While, Place.TaskBody, inside.Variables);
        return new ForNode(task.Each, task.At, items, condition, program.List(task.Do, inside)) { Frame = frame };
    }

    private RaiseNode Raise(RaiseTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var error = program.References.Error(task);
        ValueTemplate? Part(SourceNode? node) => node is null ? null : _expressions.Template(node, Place.TaskBody, scope.Variables);
        var nothing = new ConstantTemplate(default);
        return new RaiseNode(Part(error?.Type) ?? nothing, Part(error?.Status) ?? nothing, Part(error?.Title), Part(error?.Detail)) { Frame = frame };
    }

    private EmitNode Emit(EmitTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var source = task.With["source"] is { Text: { } text } && !ExpressionText.IsMarked(text) && text.Contains('{', StringComparison.Ordinal)
            ? UriTemplate.Parse(text) : null;
        return new EmitNode(_expressions.Template(task.With, Place.TaskBody, scope.Variables), source) { Frame = frame };
    }

    private RunWorkflowNode Child(RunTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        ValueTemplate? Part(string name) =>
            task.Process[name] is { } node ? _expressions.Template(node, Place.TaskBody, scope.Variables) : null;
        var nothing = new ConstantTemplate(default);
        return new RunWorkflowNode(Part("namespace") ?? nothing, Part("name") ?? nothing, Part("version") ?? nothing, Part("input"), task.Await)
        {
            Frame = frame,
        };
    }

    private ForkNode Fork(ForkTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        FlowRules.Names(task.Branches, context);
        return new ForkNode([.. task.Branches.Tasks.Select(b => program.Single(b, scope))], task.Compete) { Frame = frame };
    }

    private FunctionNode Function(CallFunctionTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var name = task.Function.Text!;
        var with = task.With is null ? null : _expressions.Template(task.With, Place.TaskBody, scope.Variables);
        var inside = scope with { Variables = [], IdPrefix = $"{frame.Id}!", Functions = [.. scope.Functions, name] };
        TaskListNode? body = null;
        if (scope.Functions.Contains(name) || scope.Functions.Count >= 16)
            context.Error(task.Function, Rules.InvalidValue, $"The function '{name}' calls itself: {string.Join(" → ", inside.Functions)}.");
        else if (program.Count > SourceLimits.Tasks)
            context.Error(task.Function, Rules.TooLarge, $"More than {SourceLimits.Tasks} tasks, functions written out where they are called.");
        else if (ResourceFinder.IsElsewhere(name))
            body = Elsewhere(task, inside);
        else if (program.References.Function(task.Function) is { } function)
            body = program.Single(function, inside);
        return new FunctionNode(with, body ?? new TaskListNode()) { Frame = frame };
    }

    // Its places are places in its own document.
    private TaskListNode? Elsewhere(CallFunctionTask task, CompileScope inside)
    {
        if (program.Resources.Function(task.Function) is not { } reference || program.Resources.Text(reference, task.Function) is not { } text)
            return null;
        var outside = context.SourceName;
        context.SourceName = reference.Address;
        try
        {
            return WorkflowReader.ReadFunction(text, task.Name, $"{task.Pointer}/call", context) is { } function ? program.Single(function, inside) : null;
        }
        finally
        {
            context.SourceName = outside;
        }
    }

    // Compiled all the same as far as it goes: its inner tasks have findings too.
    private SetNode Unsupported(TaskDefinition task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var (kind, inner) = task switch
        {
            ListenTask listen => ("listen", listen.ForEach),
            RunTask run => ($"run: {run.Kind}", null),
            CallProtocolTask call => ($"call: {call.Protocol}", call.ForEach),
            _ => (task.GetType().Name, null),
        };
        var at = task.Properties.NameAt;
        context.Error(at.Line, at.Column, Rules.Unsupported, $"'{kind}' cannot be run yet (at {task.Pointer}).");
        if (inner?.Do is { } tasks)
            program.List(tasks, scope.With(inner.Item, inner.At));
        return new SetNode(new ConstantTemplate(default)) { Frame = frame };
    }
}
