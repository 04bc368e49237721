using Voltwright.Jq;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Expressions;

/// <summary>A duration, constant or evaluated.</summary>
internal sealed class CompiledDuration(TimeSpan constant, CompiledExpression? expression)
{
    public TimeSpan? Constant => expression is null ? constant : null;

    /// <summary>The duration in <paramref name="duration"/>, or the fault.</summary>
    public Evaluation Evaluate(IArguments arguments, JsonValue input, out TimeSpan duration)
    {
        duration = constant;
        if (expression is null)
            return default;
        var result = expression.Evaluate(arguments, input);
        if (result.Failed || (result.Value.TryGetString(out var text) && DurationText.TryParse(text, out duration)) || IsMapping(result.Value, out duration))
            return result;
        return new Evaluation(default, ErrorKind.Expression, $"{Running.StateWeight.Show(result.Value)} is no ISO 8601 duration (in: {expression.Text})");
    }

    private static bool IsMapping(JsonValue value, out TimeSpan duration)
    {
        duration = default;
        if (!value.TryGetObject(out var units) || units.Count == 0)
            return false;
        var milliseconds = 0m;
        foreach (var (unit, amount) in units)
        {
            var factor = unit switch { "days" => 86_400_000, "hours" => 3_600_000, "minutes" => 60_000, "seconds" => 1000, "milliseconds" => 1, _ => 0 };
            if (factor == 0 || !amount.TryGetInt64(out var count) || count is < 0 or > int.MaxValue)
                return false;
            milliseconds += (decimal)count * factor;
        }

        if (milliseconds > DurationText.Longest * 1000)
            return false;
        duration = TimeSpan.FromMilliseconds((double)milliseconds);
        return true;
    }
}
