using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary><c>== != &lt; &lt;= &gt; &gt;=</c>, in jq's order of all values. <c>nan</c> is below every number and equal to none.</summary>
internal static class Comparison
{
    public readonly struct Equal : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right)
        {
            if (left.IsArray || left.IsObject)
                return left.TryCompare(right, out var order) ? order == 0 : m.Fail("Equality check too deep");
            return left == right;
        }
    }

    public readonly struct NotEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right)
        {
            if (left.IsArray || left.IsObject)
                return left.TryCompare(right, out var order) ? order != 0 : m.Fail("Equality check too deep");
            return left != right;
        }
    }

    public readonly struct Less : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            left.TryCompare(right, out var order) ? order < 0 : m.Fail("Comparison too deep");
    }

    public readonly struct LessOrEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            left.TryCompare(right, out var order) ? order <= 0 : m.Fail("Comparison too deep");
    }

    public readonly struct Greater : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            left.TryCompare(right, out var order) ? order > 0 : m.Fail("Comparison too deep");
    }

    public readonly struct GreaterOrEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            left.TryCompare(right, out var order) ? order >= 0 : m.Fail("Comparison too deep");
    }
}
