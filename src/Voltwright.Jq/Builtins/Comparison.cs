using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary><c>== != &lt; &lt;= &gt; &gt;=</c>, in jq's order of all values. <c>nan</c> is below every number and equal to none.</summary>
internal static class Comparison
{
    public readonly struct Equal : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right)
        {
            if (!left.IsArray && !left.IsObject)
                return left == right;
            if (ReferenceEquals(left.Content, right.Content))
                return true;
            return TryOrder(m, left, right, "Equality check too deep", out var order) ? order == 0 : JsonValue.Failed;
        }
    }

    public readonly struct NotEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right)
        {
            var same = Equal.Apply(m, left, right);
            return same.IsFailed ? same : !same.IsTruthy;
        }
    }

    public readonly struct Less : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            TryOrder(m, left, right, TooDeep, out var order) ? order < 0 : JsonValue.Failed;
    }

    public readonly struct LessOrEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            TryOrder(m, left, right, TooDeep, out var order) ? order <= 0 : JsonValue.Failed;
    }

    public readonly struct Greater : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            TryOrder(m, left, right, TooDeep, out var order) ? order > 0 : JsonValue.Failed;
    }

    public readonly struct GreaterOrEqual : IOperator
    {
        public static JsonValue Apply(Machine m, JsonValue left, JsonValue right) =>
            TryOrder(m, left, right, TooDeep, out var order) ? order >= 0 : JsonValue.Failed;
    }

    public const string TooDeep = "Comparison too deep";

    /// <summary>Compares within the budget: what is looked at counts as work. False: the machine has failed.</summary>
    public static bool TryOrder(Machine m, JsonValue left, JsonValue right, string tooDeep, out int order)
    {
        if (left.TryCompareDoubles(right, out order))
            return true;
        if (left.TryCompare(right, out order, out var work))
            return m.Work(work);
        m.Fail(tooDeep);
        return false;
    }
}
