using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// Functions: the program's own, builtins with a signature, and builtins written in jq.
internal sealed partial class ShapeEvaluator
{
    private Outcome Call(CallNode call, Shape input, Scope? scope)
    {
        for (var link = scope; link is not null; link = link.Outer)
        {
            switch (link)
            {
                case ArgumentScope argument when call.Arguments.Count == 0 && argument.Name == call.Name:
                    return Evaluate(argument.Argument, input, argument.Written);
                case FunctionScope function when function.Definition.Name == call.Name
                    && function.Definition.Parameters.Count == call.Arguments.Count:
                    return Apply(function.Definition, function, call, input, scope);
            }
        }

        var key = (call.Name, call.Arguments.Count);
        if (key == ("del", 1))
            return Delete(call.Arguments[0], input, scope);
        if (BuiltinShapes.Table.TryGetValue(key, out var signature))
        {
            var arguments = call.Arguments.Select(a => Evaluate(a, input, scope)).ToArray();
            return signature(input, arguments).After(arguments.Any(a => a.CanBeEmpty));
        }

        if (Jq.Builtins.Definitions.Table.TryGetValue(key, out var definition))
            return Apply(definition, null, call, input, scope);
        foreach (var argument in call.Arguments)
            Evaluate(argument, Shape.Any, scope);
        return Outcome.Unknown;
    }

    private Outcome Apply(Definition definition, Scope? defined, CallNode call, Shape input, Scope? scope)
    {
        if (definition.CallsItself || _calls >= DeepestCall)
            return Outcome.Unknown;
        _calls++;
        var inner = defined;
        var empty = false;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var name = definition.Parameters[i];
            inner = new ArgumentScope(inner, name.TrimStart('$'), call.Arguments[i], scope);
            if (name[0] != '$')
                continue;
            var value = Evaluate(call.Arguments[i], input, scope);
            empty |= value.CanBeEmpty;
            inner = new VariableScope(inner, name[1..], value.Values);
        }

        var result = Evaluate(definition.Body, input, inner).After(empty);
        _calls--;
        return result;
    }
}
