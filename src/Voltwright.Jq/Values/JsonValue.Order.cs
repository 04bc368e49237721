namespace Voltwright.Jq;

public readonly partial struct JsonValue
{
    public static bool operator ==(JsonValue left, JsonValue right) => left.Equals(right);

    public static bool operator !=(JsonValue left, JsonValue right) => !left.Equals(right);

    public static bool operator <(JsonValue left, JsonValue right) => left.CompareTo(right) < 0;

    public static bool operator >(JsonValue left, JsonValue right) => left.CompareTo(right) > 0;

    public static bool operator <=(JsonValue left, JsonValue right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JsonValue left, JsonValue right) => left.CompareTo(right) >= 0;

    public bool Equals(JsonValue other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        JsonKind.Number => _number.GetHashCode(),
        JsonKind.String => string.GetHashCode((string)_content!, StringComparison.Ordinal),
        JsonKind.Array => HashCode.Combine(JsonKind.Array, AsArray().Count),
        JsonKind.Object => HashCode.Combine(JsonKind.Object, AsObject().Count),
        var kind => (int)kind,
    };

    /// <summary>jq's order: null, false, true, numbers, strings by code point, arrays, objects (first their sorted keys, then their values).</summary>
    public int CompareTo(JsonValue other)
    {
        var (mine, theirs) = (Kind, other.Kind);
        if (mine != theirs)
            return mine.CompareTo(theirs);
        return mine switch
        {
            JsonKind.Number => _number.CompareTo(other._number),
            JsonKind.String => string.CompareOrdinal((string)_content!, (string)other._content!),
            JsonKind.Array => Compare(AsArray(), other.AsArray()),
            JsonKind.Object => Compare(AsObject(), other.AsObject()),
            _ => 0,
        };
    }

    private static int Compare(JsonArray left, JsonArray right)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
        {
            if (left[i].CompareTo(right[i]) is var c and not 0)
                return c;
        }

        return left.Count.CompareTo(right.Count);
    }

    private static int Compare(JsonObject left, JsonObject right)
    {
        var (leftKeys, rightKeys) = (left.Keys.Order(StringComparer.Ordinal).ToArray(), right.Keys.Order(StringComparer.Ordinal).ToArray());
        for (var i = 0; i < leftKeys.Length && i < rightKeys.Length; i++)
        {
            if (string.CompareOrdinal(leftKeys[i], rightKeys[i]) is var c and not 0)
                return c;
        }

        if (leftKeys.Length != rightKeys.Length)
            return leftKeys.Length.CompareTo(rightKeys.Length);
        foreach (var key in leftKeys)
        {
            if (left[key].CompareTo(right[key]) is var c and not 0)
                return c;
        }

        return 0;
    }
}
