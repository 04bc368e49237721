using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>An expression, compiled once, with exactly the arguments it mentions.</summary>
/// <param name="program">Null when the expression is in JavaScript.</param>
internal sealed class CompiledExpression(
    string text, JqProgram? program, ArgumentSlot[] slots, string[] secrets, bool orText, JavaScriptProgram? script = null)
{
    /// <summary>The expression, without <c>${ }</c>.</summary>
    public string Text => text;

    /// <summary>The first output; <c>empty</c> is null.</summary>
    public Evaluation Evaluate(IArguments arguments, JsonValue input)
    {
        foreach (var secret in secrets)
        {
            if (!arguments.HasSecret(secret))
                return new Evaluation(default, ErrorKind.Authorization, $"The secret '{secret}' is not available to this workflow.");
        }

        var values = slots.Length == 0 ? [] : new JsonValue[slots.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments.Get(slots[i]);
        if (program is null)
            return Scripted(input, values);
        var outcome = program.First(input, values, ExpressionBudget.At(arguments.Time));
        if (outcome.Kind is JqOutcomeKind.Value or JqOutcomeKind.Empty)
            return new Evaluation(outcome.Value);
        return orText ? new Evaluation(text) : new Evaluation(default, ErrorKind.Expression, $"{outcome.Message} (in: {Shorten(text)})");
    }

    private Evaluation Scripted(JsonValue input, JsonValue[] values)
    {
        var value = script!.Evaluate(input, values, out var problem);
        if (problem is null)
            return new Evaluation(value);
        return orText ? new Evaluation(text) : new Evaluation(default, ErrorKind.Expression, $"{problem} (in: {Shorten(text)})");
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
