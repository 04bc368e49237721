using System.Runtime.CompilerServices;
using Voltwright.Jq.Builtins;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>
/// Turns a parsed program into filters. Calls are inlined where the program stays small and does not recurse, so that
/// arguments become part of the code and expressions of one output are known as such; the rest becomes functions.
/// </summary>
internal sealed partial class Compiler(string source, JqOptions options)
{
    private const int InlinedNodes = 20_000;
    private const int InlinedDepth = 60;

    private int _nodes;
    private int _inlined;

    public string Source => source;

    /// <summary>How many places of the program were compiled, inlined ones each time.</summary>
    public int Nodes => _nodes;

    public JqOptions Options => options;

    public Filter Program(SourceFile file)
    {
        Scope? scope = null;
        if (options.Environment is { } environment)
            scope = new ConstantScope(scope, "ENV", environment);
        scope = Imports(file, scope, []);
        foreach (var definition in file.Definitions)
            scope = new FunctionScope(scope, definition, 0);
        return Compile(file.Body ?? new IdentityNode(), scope, 0, false);
    }

    /// <summary>
    /// The depth is the number of links in the environment at this place; tail says whether the output is that of the function being compiled.
    /// </summary>
    public Filter Compile(Node node, Scope? scope, int depth, bool tail)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error(node, "The program is nested too deeply");
        _nodes++;
        return node switch
        {
            IdentityNode => new IdentityFilter(),
            LiteralNode literal => new ConstantFilter(literal.Value),
            VariableNode variable => Variable(variable, scope, depth),
            CallNode call => Call(call, scope, depth, tail),
            PipeNode pipe => Pipe(pipe, scope, depth, tail),
            CommaNode comma => new CommaFilter(Compile(comma.Left, scope, depth, false), Compile(comma.Right, scope, depth, tail)),
            BinaryNode binary => Binary(binary, scope, depth, tail),
            AssignNode assign => Assign(assign, scope, depth),
            IndexNode or SliceNode or IterateNode => Access(node, scope, depth),
            NegateNode negate => Negate(negate, scope, depth),
            ArrayNode array => Array(array, scope, depth),
            ObjectNode shape => Object(shape, scope, depth),
            TextNode or FormatNode => Text(node, scope, depth),
            IfNode choice => If(choice, scope, depth, tail),
            TryNode attempt => Try(attempt, scope, depth, tail),
            ReduceNode or ForeachNode => Loop(node, scope, depth),
            BindNode bind => Bind(bind, scope, depth, tail),
            LabelNode label => new LabelFilter(Compile(label.Body, new VariableScope(scope, "*" + label.Name, depth), depth + 1, false)),
            BreakNode exit => Break(exit, scope, depth),
            DefineNode define => Compile(define.Body, new FunctionScope(scope, define.Definition, depth), depth, tail),
            _ => throw new InvalidOperationException($"No compilation for {node.GetType().Name}"),
        };
    }

    public JqCompileException Error(Node node, string message) => SyntaxErrors.At(source, node.Position, message);

    /// <summary>The variables given from outside as an object: <c>$__prog_args</c>, or under <c>named</c> in <c>$ARGS</c>.</summary>
    private ObjectFilter Arguments(bool wrapped)
    {
        var named = new ObjectFilter(
            [.. options.Variables.Select(name => new ConstantFilter(name))], [.. options.Variables.Select((_, i) => new GlobalFilter(i))]);
        return wrapped
            ? new([new ConstantFilter("positional"), new ConstantFilter("named")], [new ConstantFilter(JsonArray.Empty), named])
            : named;
    }

    private Filter Variable(VariableNode variable, Scope? scope, int depth)
    {
        for (var link = scope; link is not null; link = link.Outer)
        {
            if (link is VariableScope found && found.Name == variable.Name)
                return new VariableFilter(depth - 1 - found.Depth);
            if (link is ConstantScope constant && constant.Name == variable.Name)
                return new ConstantFilter(constant.Value);
        }

        for (var i = 0; i < options.Variables.Count; i++)
        {
            if (options.Variables[i] == variable.Name)
                return new GlobalFilter(i);
        }

        if (variable.Name is "ARGS" or "__prog_args")
            return Arguments(variable.Name == "ARGS");
        throw Error(variable, variable.Name == "ENV"
            ? "$ENV is not available here: the environment is off"
            : $"${variable.Name} is not defined");
    }

    private BreakFilter Break(BreakNode exit, Scope? scope, int depth)
    {
        for (var link = scope; link is not null; link = link.Outer)
        {
            if (link is VariableScope found && found.Name == "*" + exit.Name)
                return new BreakFilter(depth - 1 - found.Depth);
        }

        throw Error(exit, $"$*label-{exit.Name} is not defined");
    }

    private PipeFilter Pipe(PipeNode pipe, Scope? scope, int depth, bool tail)
    {
        var left = Compile(pipe.Left, scope, depth, false);
        return new(left, Compile(pipe.Right, scope, depth, tail && left.Single));
    }

    private IfFilter If(IfNode choice, Scope? scope, int depth, bool tail)
    {
        var condition = Compile(choice.Condition, scope, depth, false);
        tail &= condition.Single;
        return new(
            condition,
            Compile(choice.Then, scope, depth, tail),
            choice.Else is null ? new IdentityFilter() : Compile(choice.Else, scope, depth, tail));
    }

    private TryFilter Try(TryNode attempt, Scope? scope, int depth, bool tail) => new(
        Compile(attempt.Body, scope, depth, false),
        attempt.Catch is null ? null : Compile(attempt.Catch, scope, depth, tail));

    private Filter Binary(BinaryNode binary, Scope? scope, int depth, bool tail)
    {
        var left = Compile(binary.Left, scope, depth, false);
        var right = Compile(binary.Right, scope, depth, tail && binary.Operator == "//");
        return binary.Operator switch
        {
            "//" => new AlternativeFilter(left, right),
            "and" => new LogicFilter(false, left, right),
            "or" => new LogicFilter(true, left, right),
            var symbol => Operator(symbol, left, right),
        };
    }

    private static Filter Operator(string symbol, Filter left, Filter right) => symbol switch
    {
        "+" => Operator<Arithmetic.Plus>(left, right),
        "-" => Operator<Arithmetic.Minus>(left, right),
        "*" => Operator<Arithmetic.Times>(left, right),
        "/" => Operator<Arithmetic.By>(left, right),
        "%" => Operator<Arithmetic.Remainder>(left, right),
        "==" => Operator<Comparison.Equal>(left, right),
        "!=" => Operator<Comparison.NotEqual>(left, right),
        "<" => Operator<Comparison.Less>(left, right),
        "<=" => Operator<Comparison.LessOrEqual>(left, right),
        ">" => Operator<Comparison.Greater>(left, right),
        _ => Operator<Comparison.GreaterOrEqual>(left, right),
    };

    private static Filter Operator<T>(Filter left, Filter right)
        where T : struct, IOperator => left.Single && right is ConstantFilter constant
        ? new OperatorConstantFilter<T>(left, constant.Value)
        : new OperatorFilter<T>(left, right);

    private Filter Negate(NegateNode negate, Scope? scope, int depth)
    {
        var operand = Compile(negate.Operand, scope, depth, false);
        return operand is ConstantFilter { Value.IsNumber: true } constant
            ? new ConstantFilter(constant.Value.Negate())
            : new PipeFilter(operand, new Native0Filter(Numbers.Negate));
    }
}
