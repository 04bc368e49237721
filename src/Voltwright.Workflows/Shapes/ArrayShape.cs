using System.Collections.Immutable;

namespace Voltwright.Workflows.Shapes;

/// <summary>Arrays: elements that are there for certain, in order, and what all further ones are.</summary>
/// <param name="First">At most <see cref="MostFirst"/>.</param>
/// <param name="Rest">Never: there are no further ones.</param>
internal sealed record ArrayShape(ImmutableArray<Shape> First, Shape Rest)
{
    public const int MostFirst = 16;

    public static ArrayShape Any => Shape.AnyArray.Array!;

    public static ArrayShape Of(IReadOnlyList<Shape> items) => items.Count <= MostFirst
        ? new ArrayShape([.. items], Shape.Never)
        : new ArrayShape([.. items.Take(MostFirst)], Shape.Join(items.Skip(MostFirst)));

    /// <summary>What any element can be.</summary>
    public Shape Element => Shape.Join(First.Append(Rest));

    public bool CanBeEmpty => First.IsEmpty;

    /// <summary>What stands at an index: beyond the end there is null.</summary>
    public Shape At(long index)
    {
        if (index < 0)
            return Rest.IsNever && -index <= First.Length ? First[^(int)-index] : Rest.IsNever ? Shape.Null : Element.Or(Shape.Null);
        return index < First.Length ? First[(int)index] : Rest.Or(Shape.Null);
    }

    /// <summary>Whether an index can be within the array.</summary>
    public bool CanReach(long index) => !Rest.IsNever || (index < 0 ? -index <= First.Length : index < First.Length);

    public ArrayShape Join(ArrayShape other)
    {
        if (ReferenceEquals(this, other))
            return this;
        var common = Math.Min(First.Length, other.First.Length);
        var first = First.Take(common).Zip(other.First, (a, b) => a.Or(b));
        var rest = Shape.Join(First.Skip(common).Concat(other.First.Skip(common)).Append(Rest).Append(other.Rest));
        return new ArrayShape([.. first], rest);
    }

    /// <summary>Null when there is no such array.</summary>
    public ArrayShape? Meet(ArrayShape other)
    {
        var length = Math.Max(First.Length, other.First.Length);
        var first = Enumerable.Range(0, length).Select(i => Within(i).And(other.Within(i))).ToImmutableArray();
        return first.Any(f => f.IsNever) ? null : new ArrayShape(first, Rest.And(other.Rest));
    }

    public bool Equals(ArrayShape? other) => other is not null
        && (ReferenceEquals(this, other) || (First.AsSpan().SequenceEqual(other.First.AsSpan()) && Rest.Equals(other.Rest)));

    public override int GetHashCode() => First.Aggregate(Rest.GetHashCode(), HashCode.Combine);

    private Shape Within(int index) => index < First.Length ? First[index] : Rest;
}
