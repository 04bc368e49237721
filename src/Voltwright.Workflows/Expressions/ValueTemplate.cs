using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>A value of a definition in which strings may be expressions.</summary>
internal abstract class ValueTemplate
{
    public abstract Evaluation Evaluate(IArguments arguments, JsonValue input);
}

internal sealed class ConstantTemplate(JsonValue value) : ValueTemplate
{
    public JsonValue Value => value;

    public override Evaluation Evaluate(IArguments arguments, JsonValue input) => new(value);
}

internal sealed class ExpressionTemplate(CompiledExpression expression) : ValueTemplate
{
    public override Evaluation Evaluate(IArguments arguments, JsonValue input) => expression.Evaluate(arguments, input);
}

internal sealed class ArrayTemplate(ValueTemplate[] items) : ValueTemplate
{
    public override Evaluation Evaluate(IArguments arguments, JsonValue input)
    {
        var values = new JsonValue[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[i].Evaluate(arguments, input);
            if (item.Failed)
                return item;
            values[i] = item.Value;
        }

        return new Evaluation(JsonArray.Of(values));
    }
}

internal sealed class ObjectTemplate(KeyValuePair<string, ValueTemplate>[] members) : ValueTemplate
{
    public override Evaluation Evaluate(IArguments arguments, JsonValue input)
    {
        var values = new (string Key, JsonValue Value)[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i].Value.Evaluate(arguments, input);
            if (member.Failed)
                return member;
            values[i] = (members[i].Key, member.Value);
        }

        return new Evaluation(JsonObject.Of(values));
    }
}
