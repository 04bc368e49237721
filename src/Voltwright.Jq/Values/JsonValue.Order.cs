using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

public readonly partial struct JsonValue
{
    private const int DeepestCompared = 10_000;

    /// <summary>Few arrays that share their parts can stand for more elements than anyone can compare.</summary>
    private const int MostCompared = 10_000_000;
    private const int HashedItems = 8;

    /// <summary>As <see cref="Equals(JsonValue)"/>.</summary>
    public static bool operator ==(JsonValue left, JsonValue right) => left.Equals(right);

    /// <summary>As <see cref="Equals(JsonValue)"/>, negated.</summary>
    public static bool operator !=(JsonValue left, JsonValue right) => !left.Equals(right);

    /// <summary>As <see cref="CompareTo"/>, and so for the three others.</summary>
    public static bool operator <(JsonValue left, JsonValue right) => left.CompareTo(right) < 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    public static bool operator >(JsonValue left, JsonValue right) => left.CompareTo(right) > 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    public static bool operator <=(JsonValue left, JsonValue right) => left.CompareTo(right) <= 0;

    /// <summary>As <see cref="CompareTo"/>.</summary>
    public static bool operator >=(JsonValue left, JsonValue right) => left.CompareTo(right) >= 0;

    /// <summary>As jq's <c>==</c>: by value, <c>nan</c> unequal to itself.</summary>
    public bool Equals(JsonValue other)
    {
        if (_content is string text)
            return other._content is string same && text == same;
        if (ReferenceEquals(_content, NumberTag) && ReferenceEquals(other._content, NumberTag))
            return _number == other._number;
        return CompareTo(other) == 0;
    }

    /// <summary>Whether the object is a <see cref="JsonValue"/> that equals this one.</summary>
    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    /// <summary>Equal values have the same; of arrays a few elements count, of objects the names.</summary>
    public override int GetHashCode() => Hash(0);

    /// <summary>jq's order: null, false, true, numbers, strings by code point, arrays, objects (first their sorted keys, then their values).</summary>
    /// <exception cref="InsufficientExecutionStackException">Both are nested alike, deeper than 10 000 levels, or have too many equal parts.</exception>
    public int CompareTo(JsonValue other) => TryCompare(other, out var order) ? order : throw new InsufficientExecutionStackException();

    /// <summary>False: both are nested alike, too deep to be compared.</summary>
    internal bool TryCompare(JsonValue other, out int order) => TryCompare(other, out order, out _);

    /// <summary>Compares two numbers without text of their own, neither of them <c>nan</c>. False: they are something else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryCompareDoubles(JsonValue other, out int order)
    {
        order = _number < other._number ? -1 : _number > other._number ? 1 : 0;
        return ReferenceEquals(_content, NumberTag) && ReferenceEquals(other._content, NumberTag) && (order != 0 || _number == other._number);
    }

    // Work: how many parts were looked at.
    internal bool TryCompare(JsonValue other, out int order, out int work)
    {
        var left = MostCompared;
        order = Compare(this, other, 0, ref left);
        work = MostCompared - left;
        return order != int.MinValue;
    }

    private static int Compare(JsonValue left, JsonValue right, int depth, ref int budget)
    {
        if (depth > DeepestCompared || --budget < 0 || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return int.MinValue;
        var (mine, theirs) = (left.Kind, right.Kind);
        if (mine != theirs)
            return (int)mine - (int)theirs;
        return mine switch
        {
            JsonKind.Number => CompareNumbers(left, right),
            JsonKind.String => CodePoints.Compare((string)left._content!, (string)right._content!),
            JsonKind.Array => Compare((JsonArray)left._content!, (JsonArray)right._content!, depth + 1, ref budget),
            JsonKind.Object => Compare((JsonObject)left._content!, (JsonObject)right._content!, depth + 1, ref budget),
            _ => 0,
        };
    }

    /// <summary><c>nan</c> is below everything, itself included. Two literals compare digit by digit.</summary>
    private static int CompareNumbers(JsonValue left, JsonValue right)
    {
        if (left._number < right._number)
            return -1;
        if (left._number > right._number)
            return 1;
        if (double.IsNaN(left._number))
            return -1;
        if (double.IsNaN(right._number))
            return 1;
        return left._content is BigNumber a && right._content is BigNumber b ? JsonNumber.CompareLiterals(a.Text, b.Text) : 0;
    }

    private static int Compare(JsonArray left, JsonArray right, int depth, ref int budget)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (Compare(left[i], right[i], depth, ref budget) is var order and not 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }

    private static int Compare(JsonObject left, JsonObject right, int depth, ref int budget)
    {
        budget -= left.Count + right.Count;
        var (mine, theirs) = (SortedKeys(left), SortedKeys(right));
        for (var i = 0; i < mine.Length && i < theirs.Length; i++)
        {
            if (CodePoints.Compare(mine[i], theirs[i]) is var order and not 0)
                return order;
        }

        if (mine.Length != theirs.Length)
            return mine.Length.CompareTo(theirs.Length);
        foreach (var key in mine)
        {
            if (Compare(left[key], right[key], depth, ref budget) is var order and not 0)
                return order;
        }

        return 0;
    }

    private static string[] SortedKeys(JsonObject members)
    {
        var keys = members.Table.Keys(members.Count).ToArray();
        Array.Sort(keys, CodePoints.Compare);
        return keys;
    }

    private int Hash(int depth) => Kind switch
    {
        JsonKind.Number => _number == 0 ? 0 : _number.GetHashCode(),
        JsonKind.String => ((string)_content!).GetHashCode(StringComparison.Ordinal),
        JsonKind.Array => Hash((JsonArray)_content!, depth),
        JsonKind.Object => Hash((JsonObject)_content!),
        var kind => (int)kind,
    };

    private static int Hash(JsonArray array, int depth)
    {
        var hash = HashCode.Combine(JsonKind.Array, array.Count);
        for (var i = 0; i < array.Count && i < HashedItems && depth < HashedItems; i++)
            hash = HashCode.Combine(hash, array[i].Hash(depth + 1));
        return hash;
    }

    /// <summary>The order of members must not matter.</summary>
    private static int Hash(JsonObject members)
    {
        var hash = HashCode.Combine(JsonKind.Object, members.Count);
        for (var i = 0; i < members.Count; i++)
            hash ^= members.KeyAt(i).GetHashCode(StringComparison.Ordinal);
        return hash;
    }
}
