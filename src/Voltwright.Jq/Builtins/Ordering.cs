using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary>Compares for sorting, within the budget. Once that is used up everything is equal, so that the sort ends soon.</summary>
internal sealed class Ordering(Machine m)
{
    public bool HasFailed { get; private set; }

    public int Compare(JsonValue left, JsonValue right)
    {
        if (HasFailed || !Comparison.TryOrder(m, left, right, Comparison.TooDeep, out var order))
        {
            HasFailed = true;
            return 0;
        }

        return order;
    }
}
