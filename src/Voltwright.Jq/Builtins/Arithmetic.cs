using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary><c>+ - * / %</c> over all kinds (jq manual, "Builtin operators and functions").</summary>
internal static class Arithmetic
{
    private const int DeepestMerge = 10_000;

    public readonly struct Plus : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) => Add(m, left, right);
    }

    public readonly struct Minus : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) => Subtract(m, left, right);
    }

    public readonly struct Times : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) => Multiply(m, left, right);
    }

    public readonly struct By : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) => Divide(m, left, right);
    }

    public readonly struct Remainder : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) => Modulo(m, left, right);
    }

    public static JsonValue Add(Machine m, JsonValue left, JsonValue right)
    {
        if (left.IsNumber && right.IsNumber)
            return left.Number + right.Number;
        if (left.IsNull)
            return right;
        if (right.IsNull)
            return left;
        return (left.Content, right.Content) switch
        {
            (string a, string b) => m.ChargeText((long)a.Length + b.Length) ? a + b : JsonValue.Failed,
            (JsonArray a, JsonArray b) => m.Charge(16L * b.Count) ? a.Concat(b) : JsonValue.Failed,
            (JsonObject a, JsonObject b) => m.Charge(24L * b.Count) ? a.With(b) : JsonValue.Failed,
            _ => Refuse(m, left, right, "cannot be added"),
        };
    }

    public static JsonValue Subtract(Machine m, JsonValue left, JsonValue right)
    {
        if (left.IsNumber && right.IsNumber)
            return left.Number - right.Number;
        if (!left.TryGetArray(out var items) || !right.TryGetArray(out var removed))
            return Refuse(m, left, right, "cannot be subtracted");
        if (!m.Step(Math.Max(items.Count, removed.Count)))
            return JsonValue.Failed;
        var gone = removed.Count > 8 ? new HashSet<JsonValue>(removed) : null;
        return JsonArray.From(items.Where(item => gone is null ? !removed.Contains(item) : double.IsNaN(item.Number) || !gone.Contains(item)));
    }

    public static JsonValue Multiply(Machine m, JsonValue left, JsonValue right) => (left.Content, right.Content) switch
    {
        _ when left.IsNumber && right.IsNumber => left.Number * right.Number,
        (string text, _) when right.IsNumber => Repeat(m, text, right.Number),
        (_, string text) when left.IsNumber => Repeat(m, text, left.Number),
        (JsonObject a, JsonObject b) => Merge(m, a, b, 0),
        _ => Refuse(m, left, right, "cannot be multiplied"),
    };

    public static JsonValue Divide(Machine m, JsonValue left, JsonValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return right.Number == 0
                ? Refuse(m, left, right, "cannot be divided because the divisor is zero")
                : left.Number / right.Number;
        }

        return left.TryGetString(out var text) && right.TryGetString(out var separator)
            ? Strings.Split(m, text, separator)
            : Refuse(m, left, right, "cannot be divided");
    }

    /// <summary>Both sides lose their fractions first and saturate at 64 bits, as in jq.</summary>
    public static JsonValue Modulo(Machine m, JsonValue left, JsonValue right)
    {
        if (!left.IsNumber || !right.IsNumber)
            return Refuse(m, left, right, "cannot be divided (remainder)");
        if (double.IsNaN(left.Number) || double.IsNaN(right.Number))
            return double.NaN;
        var divisor = Whole(right.Number);
        if (divisor == 0)
            return Refuse(m, left, right, "cannot be divided (remainder) because the divisor is zero");
        return divisor == -1 ? 0 : (double)(Whole(left.Number) % divisor);
    }

    public static JsonValue Refuse(Machine m, JsonValue left, JsonValue right, string why) => m.Fail(m.Quiet > 0
        ? ""
        : $"{Kinds.Name(left)} ({Kinds.Excerpt(left)}) and {Kinds.Name(right)} ({Kinds.Excerpt(right)}) {why}");

    private static long Whole(double number) => number < long.MinValue ? long.MinValue : -number <= long.MinValue ? long.MaxValue : (long)number;

    /// <summary>jq 1.8: fewer than no times is null; a fraction above zero still gives one copy's worth when it reaches 1.</summary>
    private static JsonValue Repeat(Machine m, string text, double times)
    {
        if (times < 0 || double.IsNaN(times))
            return default;
        var count = (long)Math.Min(times, int.MaxValue);
        if (text.Length * count >= int.MaxValue)
            return m.Fail("Repeat string result too long");
        if (!m.ChargeText(text.Length * count))
            return JsonValue.Failed;
        return string.Create((int)(text.Length * count), text, static (span, t) =>
        {
            for (var at = 0; at < span.Length; at += t.Length)
                t.CopyTo(span[at..]);
        });
    }

    private static JsonValue Merge(Machine m, JsonObject left, JsonObject right, int depth)
    {
        if (depth > DeepestMerge || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return m.Fail("Object merge too deep");
        var result = left;
        foreach (var (key, value) in right)
        {
            if (!m.Step())
                return JsonValue.Failed;
            var merged = value.TryGetObject(out var b) && result[key].TryGetObject(out var a) ? Merge(m, a, b, depth + 1) : value;
            if (merged.IsSignal)
                return merged;
            result = result.With(key, merged);
        }

        return result;
    }
}
