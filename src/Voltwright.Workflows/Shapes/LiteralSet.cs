using System.Collections.Immutable;
using Voltwright.Jq;

namespace Voltwright.Workflows.Shapes;

/// <summary>Which texts, or which numbers: none, some that are known, or any.</summary>
internal sealed class LiteralSet : IEquatable<LiteralSet>
{
    /// <summary>More than these are not told apart.</summary>
    public const int Most = 32;

    private readonly ImmutableSortedSet<JsonValue>? _known;

    private LiteralSet(ImmutableSortedSet<JsonValue>? known) => _known = known;

    public static LiteralSet None { get; } = new([]);

    public static LiteralSet All { get; } = new(null);

    public bool IsEmpty => _known is { Count: 0 };

    public bool IsAll => _known is null;

    /// <summary>The values; null when they are not known.</summary>
    public IReadOnlyCollection<JsonValue>? Known => _known;

    public static LiteralSet Of(params IEnumerable<JsonValue> values)
    {
        var known = ImmutableSortedSet.CreateRange(values);
        return known.Count > Most ? All : new LiteralSet(known);
    }

    public bool Contains(JsonValue value) => _known is null || _known.Contains(value);

    public bool Includes(LiteralSet other) => _known is null || (other._known is not null && _known.IsSupersetOf(other._known));

    public LiteralSet Union(LiteralSet other)
    {
        if (Includes(other))
            return this;
        return other.Includes(this) ? other : Of(_known!.Union(other._known!));
    }

    public LiteralSet Intersect(LiteralSet other)
    {
        if (_known is null)
            return other;
        return other._known is null ? this : new LiteralSet(_known.Intersect(other._known));
    }

    public LiteralSet Without(JsonValue value) => _known is null ? this : new LiteralSet(_known.Remove(value));

    public bool Equals(LiteralSet? other) =>
        other is not null && (_known is null ? other._known is null : other._known is not null && _known.SetEquals(other._known));

    public override bool Equals(object? obj) => Equals(obj as LiteralSet);

    public override int GetHashCode() => _known is null ? -1 : _known.Count == 0 ? 0 : HashCode.Combine(_known.Count, _known[0], _known[^1]);
}
