using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary>Numbers and the mathematics of the C library (jq manual, "Math").</summary>
internal static class Numbers
{
    public static void Register(Action<string, NativeCall0> add0, Action<string, NativeCall1> add1, Action<string, int, NativeCall> add)
    {
        add0("infinite", (_, _) => double.PositiveInfinity);
        add0("nan", (_, _) => double.NaN);
        add0("isinfinite", (_, input) => input.IsNumber && double.IsInfinity(input.Number));
        add0("isnan", (_, input) => input.IsNumber && double.IsNaN(input.Number));
        add0("isnormal", (_, input) => input.IsNumber && double.IsNormal(input.Number));
        add0("abs", Absolute);
        foreach (var (name, function) in CMath.OfOne)
            add0(name, (m, input) => input.IsNumber ? function(input.Number) : Refuse(m, input));
        foreach (var (name, function) in CMath.OfTwo)
        {
            add(name, 2, (m, _, a) => !a[0].IsNumber ? Refuse(m, a[0])
                : a[1].IsNumber ? function(a[0].Number, a[1].Number) : Refuse(m, a[1]));
        }

        add0("j0", (m, input) => Wave(m, Bessel.J, 0, input));
        add0("j1", (m, input) => Wave(m, Bessel.J, 1, input));
        add0("y0", (m, input) => Wave(m, Bessel.Y, 0, input));
        add0("y1", (m, input) => Wave(m, Bessel.Y, 1, input));
        add("jn", 2, (m, _, a) => Wave(m, Bessel.J, a[0], a[1]));
        add("yn", 2, (m, _, a) => Wave(m, Bessel.Y, a[0], a[1]));

        add("fma", 3, (m, _, a) => !a[0].IsNumber ? Refuse(m, a[0]) : !a[1].IsNumber ? Refuse(m, a[1])
            : a[2].IsNumber ? Math.FusedMultiplyAdd(a[0].Number, a[1].Number, a[2].Number) : Refuse(m, a[2]));
        add0("frexp", (m, input) => input.IsNumber ? Pair(CMath.Frexp(input.Number)) : Refuse(m, input));
        add0("modf", (m, input) => input.IsNumber ? Pair(CMath.Modf(input.Number)) : Refuse(m, input));
        add0("lgamma_r", (m, input) => input.IsNumber
            ? JsonArray.Of(Gamma.Log(input.Number), Gamma.Sign(input.Number)) : Refuse(m, input));
    }

    public static JsonValue Negate(Machine m, JsonValue input) =>
        input.IsNumber ? input.Negate() : m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be negated");

    public static JsonValue ToNumber(Machine m, JsonValue input)
    {
        if (input.IsNumber)
            return input;
        return input.TryGetString(out var text) && JsonNumber.TryParse(text, out var number)
            ? number
            : m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be parsed as a number");
    }

    /// <summary>Whatever is not below zero, in jq's order of all values, stays as it is.</summary>
    private static JsonValue Absolute(Machine m, JsonValue input) => input.CompareTo(0) < 0 ? Negate(m, input) : input;

    /// <summary>The integral takes longer than a step should.</summary>
    private static JsonValue Wave(Machine m, Func<int, double, double> function, JsonValue order, JsonValue x) =>
        !order.IsNumber ? Refuse(m, order) : !x.IsNumber ? Refuse(m, x)
        : m.Work(4 * Bessel.Points(x.Number)) ? function((int)order.Number, x.Number) : JsonValue.Failed;

    private static JsonValue Refuse(Machine m, JsonValue value) => m.Fail($"{Kinds.Name(value)} ({Kinds.Excerpt(value)}) number required");

    private static JsonValue Pair((double First, double Second) pair) => JsonArray.Of(pair.First, pair.Second);
}
