using Voltwright.Jq.Builtins;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>Functions: found, inlined or called.</summary>
internal sealed partial class Compiler
{
    private const int NestedGuesses = 3;

    private readonly Dictionary<(string, int), FunctionScope> _builtins = [];
    private int _guesses;

    private Filter Call(CallNode call, Scope? scope, int depth, bool tail)
    {
        for (var link = scope; link is not null; link = link.Outer)
        {
            switch (link)
            {
                case ArgumentScope argument when call.Arguments.Count == 0 && argument.Name == call.Name:
                    return Compile(argument.Argument, argument.Written, depth, tail);
                case ParameterScope parameter when call.Arguments.Count == 0 && parameter.Name == call.Name:
                    return new ParameterFilter(depth - 1 - parameter.Depth);
                case FunctionScope function when (function.Alias ?? function.Name) == call.Name
                    && function.Definition.Parameters.Count == call.Arguments.Count:
                    return Call(function, call, scope, depth, tail);
            }
        }

        return Builtin(call, scope, depth, tail) ?? throw Error(call, $"{call.Name}/{call.Arguments.Count} is not defined");
    }

    private Filter? Builtin(CallNode call, Scope? scope, int depth, bool tail)
    {
        var key = (call.Name, call.Arguments.Count);
        if (SpecialForms.Table.TryGetValue(key, out var form))
            return form(new(this, call, scope, depth));
        if (Capabilities.Refusal(call.Name, options) is { } refusal)
            throw Error(call, refusal);
        if (Natives.Table.TryGetValue(key, out var native))
            return native([.. call.Arguments.Select(argument => Compile(argument, scope, depth, false))]);
        if (!Definitions.Table.TryGetValue(key, out var definition))
            return null;
        if (!_builtins.TryGetValue(key, out var function))
            _builtins[key] = function = new FunctionScope(null, definition, 0);
        return Call(function, call, scope, depth, tail);
    }

    private Filter Call(FunctionScope function, CallNode call, Scope? scope, int depth, bool tail)
    {
        var definition = function.Definition;
        if (function.Function is null && !definition.CallsItself && _nodes < InlinedNodes && _inlined < InlinedDepth)
            return Inline(function, call, scope, depth, tail);
        var target = function.Function ?? Function(function);
        var arguments = definition.Parameters.Select((parameter, i) =>
            new Argument(Compile(call.Arguments[i], scope, depth, false), definition.TakesValue(parameter)));
        return new CallFilter(target, depth - function.Depth, [.. arguments], tail);
    }

    private Filter Inline(FunctionScope function, CallNode call, Scope? scope, int depth, bool tail)
    {
        _inlined++;
        Scope? inner = function.Inside ?? function;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            inner = new ArgumentScope(inner, function.Definition.Parameters[i].TrimStart('$'), call.Arguments[i], scope);
            inner = new ArgumentScope(inner, Numbered(i), call.Arguments[i], scope);
        }

        var result = Compile(WithValues(function.Definition, p => p[0] == '$'), inner, depth, tail);
        _inlined--;
        return result;
    }

    /// <summary>
    /// Compiles a function to be called. Whether it is single depends on its own calls; it is first assumed to be, and compiled
    /// again when that turns out wrong.
    /// </summary>
    private Function Function(FunctionScope scope)
    {
        var inlined = _inlined;
        _inlined = 0;
        var function = new Function { Single = _guesses < NestedGuesses };
        scope.Function = function;
        _guesses++;
        function.Body = Body(scope);
        if (function.Single && !function.Body.Single)
        {
            function.Single = false;
            function.Body = Body(scope);
        }

        _guesses--;
        _inlined = inlined;
        return function;
    }

    private Filter Body(FunctionScope function)
    {
        var depth = function.Depth;
        Scope? inner = function.Inside ?? function;
        var definition = function.Definition;
        for (var i = 0; i < definition.Parameters.Count; i++, depth++)
        {
            var parameter = definition.Parameters[i];
            inner = definition.TakesValue(parameter)
                ? new VariableScope(inner, parameter[1..], depth)
                : new ParameterScope(new ParameterScope(inner, parameter.TrimStart('$'), depth), Numbered(i), depth);
        }

        return Compile(WithValues(definition, p => p[0] == '$' && !definition.TakesValue(p)), inner, depth, true);
    }

    /// <summary>The body with its <c>$</c> parameters bound, the first outermost.</summary>
    private static Node WithValues(Definition definition, Func<string, bool> bound)
    {
        var body = definition.Body;
        for (var i = definition.Parameters.Count - 1; i >= 0; i--)
        {
            if (bound(definition.Parameters[i]))
                body = new BindNode(new CallNode(Numbered(i), []), [new VariablePattern(definition.Parameters[i][1..])], body);
        }

        return body;
    }

    /// <summary>A parameter by its place: its name may stand there twice, and then means the last.</summary>
    private static string Numbered(int parameter) => $"${parameter}";
}
