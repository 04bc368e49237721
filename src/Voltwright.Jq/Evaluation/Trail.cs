namespace Voltwright.Jq.Evaluation;

/// <summary>The path of a value from where <c>path(…)</c> began, last key first. A detached one belongs to a computed value, which has no path.</summary>
internal sealed class Trail
{
    private readonly Trail? _parent;
    private readonly JsonValue _key;

    private Trail(Trail? parent, JsonValue key, int length, bool detached)
    {
        (_parent, _key, Length, IsDetached) = (parent, key, length, detached);
    }

    public static Trail Root { get; } = new(null, default, 0, false);

    public bool IsDetached { get; }

    public int Length { get; }

    public Trail Add(JsonValue key) => new(this, key, Length + 1, false);

    /// <summary>The trail of a value computed where this trail led to <paramref name="from"/>: the same if it is the same value (as in jq).</summary>
    public Trail To(JsonValue from, JsonValue value)
    {
        var anchor = IsDetached ? _key : from;
        if (Same(anchor, value))
            return IsDetached ? _parent! : this;
        return Leave(from);
    }

    /// <summary>The trail of a value that has nothing to do with <paramref name="from"/>, to which this one led.</summary>
    public Trail Leave(JsonValue from) => IsDetached ? this : new(this, from, Length, true);

    public JsonArray ToArray()
    {
        var keys = new JsonValue[Length];
        var link = IsDetached ? _parent! : this;
        for (var i = Length - 1; i >= 0; i--, link = link._parent!)
            keys[i] = link._key;
        return JsonArray.Wrap(keys);
    }

    private static bool Same(JsonValue a, JsonValue b) =>
        ReferenceEquals(a.Content, b.Content) && a.Number.Equals(b.Number) && a.Content is not (JsonArray { Count: 0 } or JsonObject { Count: 0 });
}
