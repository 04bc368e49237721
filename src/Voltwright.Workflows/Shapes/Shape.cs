using System.Collections.Immutable;
using Voltwright.Jq;

namespace Voltwright.Workflows.Shapes;

/// <summary>
/// What a value can be, kind by kind: null, which booleans, numbers and texts, what arrays and what objects. Immutable.
/// A shape promises only what is impossible: a value outside it cannot occur; not every value inside it has to.
/// </summary>
/// <remarks>
/// A lattice: <see cref="Never"/> is its bottom, <see cref="Any"/> its top, <see cref="Or"/> joins, <see cref="And"/> meets.
/// Shapes are bounded in size and depth: what would be larger becomes <see cref="Any"/> where it is too large.
/// </remarks>
internal sealed class Shape : IEquatable<Shape>
{
    /// <summary>How deeply arrays and objects are told apart.</summary>
    public const int Deepest = 16;

    /// <summary>How many parts a shape may have.</summary>
    public const int Largest = 4000;

    private readonly ArrayShape? _array;
    private readonly ObjectShape? _object;
    private int _hash;

    private Shape(bool canBeNull, bool canBeTrue, bool canBeFalse, LiteralSet numbers, LiteralSet texts, ArrayShape? array, ObjectShape? members)
    {
        (CanBeNull, CanBeTrue, CanBeFalse, Numbers, Texts, _array, _object) = (canBeNull, canBeTrue, canBeFalse, numbers, texts, array, members);
        (Depth, Size) = Measure();
    }

    // The top contains itself: its elements and members are any again.
    private Shape()
    {
        (CanBeNull, CanBeTrue, CanBeFalse, Numbers, Texts, IsAny) = (true, true, true, LiteralSet.All, LiteralSet.All, true);
        (Depth, Size) = (1, 1);
    }

    public static Shape Any { get; } = new();

    public static Shape Never { get; } = new(false, false, false, LiteralSet.None, LiteralSet.None, null, null);

    public static Shape Null { get; } = new(true, false, false, LiteralSet.None, LiteralSet.None, null, null);

    public static Shape True { get; } = new(false, true, false, LiteralSet.None, LiteralSet.None, null, null);

    public static Shape False { get; } = new(false, false, true, LiteralSet.None, LiteralSet.None, null, null);

    public static Shape Boolean { get; } = new(false, true, true, LiteralSet.None, LiteralSet.None, null, null);

    public static Shape Number { get; } = new(false, false, false, LiteralSet.All, LiteralSet.None, null, null);

    public static Shape Text { get; } = new(false, false, false, LiteralSet.None, LiteralSet.All, null, null);

    // Made here, not where they belong: types that are initialised by one another see halves of each other.
    public static Shape AnyArray { get; } = new(false, false, false, LiteralSet.None, LiteralSet.None, new ArrayShape([], Any), null);

    public static Shape AnyObject { get; } =
        new(false, false, false, LiteralSet.None, LiteralSet.None, null, new ObjectShape(ObjectShape.NoMembers, Any));

    public static Shape EmptyObject { get; } =
        new(false, false, false, LiteralSet.None, LiteralSet.None, null, new ObjectShape(ObjectShape.NoMembers, Never));

    public bool CanBeNull { get; }

    public bool CanBeTrue { get; }

    public bool CanBeFalse { get; }

    public LiteralSet Numbers { get; }

    public LiteralSet Texts { get; }

    /// <summary>Null: it can be no array.</summary>
    public ArrayShape? Array => IsAny ? ArrayShape.Any : _array;

    /// <summary>Null: it can be no object.</summary>
    public ObjectShape? Object => IsAny ? ObjectShape.Any : _object;

    public int Depth { get; }

    public int Size { get; }

    public bool IsNever => Kinds == 0;

    public bool IsAny { get; }

    public bool IsNull => CanBeNull && Kinds == 1;

    public bool CanBeTruthy => CanBeTrue || !Numbers.IsEmpty || !Texts.IsEmpty || Array is not null || Object is not null;

    public bool CanBeFalsy => CanBeNull || CanBeFalse;

    /// <summary>The one value that it is; null when it can be several, or is an array or object.</summary>
    public JsonValue? Single
    {
        get
        {
            if (Kinds != 1 || Array is not null || Object is not null)
                return null;
            if (CanBeNull)
                return JsonValue.Null;
            if (CanBeTrue || CanBeFalse)
                return CanBeTrue;
            return (Numbers.IsEmpty ? Texts : Numbers).Known is { Count: 1 } known ? known.First() : (JsonValue?)null;
        }
    }

    private int Kinds => (CanBeNull ? 1 : 0) + (CanBeTrue ? 1 : 0) + (CanBeFalse ? 1 : 0) + (Numbers.IsEmpty ? 0 : 1) + (Texts.IsEmpty ? 0 : 1)
        + (Array is null ? 0 : 1) + (Object is null ? 0 : 1);

    public static Shape OfTexts(params IEnumerable<string> texts) =>
        Make(false, false, false, LiteralSet.None, LiteralSet.Of(texts.Select(t => (JsonValue)t)), null, null);

    public static Shape Of(ArrayShape array) => array.First.Any(i => i.IsNever) ? Never
        : Make(false, false, false, LiteralSet.None, LiteralSet.None, array, null);

    public static Shape ArrayOf(Shape element) => Of(new ArrayShape([], element));

    public static Shape Of(ObjectShape members) => members.Members.Values.Any(m => m.IsRequired && m.Shape.IsNever) ? Never
        : Make(false, false, false, LiteralSet.None, LiteralSet.None, null, members);

    public static Shape Members(params IEnumerable<(string Name, Shape Shape)> members) => Of(ObjectShape.Of(members));

    /// <summary>Exactly that value.</summary>
    public static Shape Of(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => Null,
        JsonKind.True => True,
        JsonKind.False => False,
        JsonKind.Number => double.IsNaN(value.AsDouble()) ? Number
            : Make(false, false, false, LiteralSet.Of(value), LiteralSet.None, null, null),
        JsonKind.String => Make(false, false, false, LiteralSet.None, LiteralSet.Of(value), null, null),
        JsonKind.Array => value.AsArray().Count > ObjectShape.MostMembers ? AnyArray : Of(ArrayShape.Of([.. value.AsArray().Select(Of)])),
        _ => value.AsObject().Count > ObjectShape.MostMembers ? AnyObject : Members(value.AsObject().Select(m => (m.Key, Of(m.Value)))),
    };

    public static Shape Join(params IEnumerable<Shape> shapes) => shapes.Aggregate(Never, (a, b) => a.Or(b));

    /// <summary>What either can be.</summary>
    public Shape Or(Shape other)
    {
        if (ReferenceEquals(this, other) || other.IsNever || IsAny)
            return this;
        if (IsNever || other.IsAny)
            return other;
        return Make(
            CanBeNull || other.CanBeNull,
            CanBeTrue || other.CanBeTrue,
            CanBeFalse || other.CanBeFalse,
            Numbers.Union(other.Numbers),
            Texts.Union(other.Texts),
            Array is null ? other.Array : other.Array is null ? Array : Array.Join(other.Array),
            Object is null ? other.Object : other.Object is null ? Object : Object.Join(other.Object));
    }

    /// <summary>What both can be.</summary>
    public Shape And(Shape other)
    {
        if (ReferenceEquals(this, other) || IsNever || other.IsAny)
            return this;
        if (other.IsNever || IsAny)
            return other;
        return Make(
            CanBeNull && other.CanBeNull,
            CanBeTrue && other.CanBeTrue,
            CanBeFalse && other.CanBeFalse,
            Numbers.Intersect(other.Numbers),
            Texts.Intersect(other.Texts),
            Array is null || other.Array is null ? null : Array.Meet(other.Array),
            Object is null || other.Object is null ? null : Object.Meet(other.Object));
    }

    public Shape Truthy() => Make(false, CanBeTrue, false, Numbers, Texts, Array, Object);

    public Shape Falsy() => Make(CanBeNull, false, CanBeFalse, LiteralSet.None, LiteralSet.None, null, null);

    public Shape NotNull() => CanBeNull ? Make(false, CanBeTrue, CanBeFalse, Numbers, Texts, Array, Object) : this;

    /// <summary>Everything but that one value, where values are told apart.</summary>
    public Shape Without(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => NotNull(),
        JsonKind.True => Make(CanBeNull, false, CanBeFalse, Numbers, Texts, Array, Object),
        JsonKind.False => Make(CanBeNull, CanBeTrue, false, Numbers, Texts, Array, Object),
        JsonKind.Number => Make(CanBeNull, CanBeTrue, CanBeFalse, Numbers.Without(value), Texts, Array, Object),
        JsonKind.String => Make(CanBeNull, CanBeTrue, CanBeFalse, Numbers, Texts.Without(value), Array, Object),
        _ => this,
    };

    /// <summary>The part that jq's <c>type</c> calls so.</summary>
    public Shape OfKind(string kind) => kind switch
    {
        "null" => CanBeNull ? Null : Never,
        "boolean" => And(Boolean),
        "number" => And(Number),
        "string" => And(Text),
        "array" => And(AnyArray),
        "object" => And(AnyObject),
        _ => Never,
    };

    /// <summary>The kinds it can be, as jq's <c>type</c> calls them.</summary>
    public IEnumerable<string> KindNames() =>
        new[] { "null", "boolean", "number", "string", "array", "object" }.Where(k => !OfKind(k).IsNever);

    /// <summary>Whether it can be all that the other can; used to tell when nothing new is found.</summary>
    public bool Includes(Shape other) => Equals(Or(other));

    /// <summary>Whether that value can occur.</summary>
    public bool Contains(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => CanBeNull,
        JsonKind.True => CanBeTrue,
        JsonKind.False => CanBeFalse,
        JsonKind.Number => Numbers.Contains(value),
        JsonKind.String => Texts.Contains(value),
        JsonKind.Array => Array is { } a && value.AsArray().Count >= a.First.Length
            && value.AsArray().Select((item, i) => i < a.First.Length ? a.First[i].Contains(item) : a.Rest.Contains(item)).All(c => c),
        _ => Object is { } o && o.Members.All(m => !m.Value.IsRequired || value.AsObject().ContainsKey(m.Key))
            && value.AsObject().All(m => (o.Members.TryGetValue(m.Key, out var known) ? known.Shape : o.Other(m.Key)).Contains(m.Value)),
    };

    /// <summary>The same, told apart less deeply and without single texts and numbers: what repeated joining comes to an end with.</summary>
    public Shape Widened(int depth = 3)
    {
        if (depth == 0 || IsAny)
            return IsNever ? Never : Any;
        return Make(
            CanBeNull, CanBeTrue, CanBeFalse,
            Numbers.IsEmpty ? Numbers : LiteralSet.All,
            Texts.IsEmpty ? Texts : LiteralSet.All,
            Array is null ? null : new ArrayShape([], Array.Element.Widened(depth - 1)),
            Object is null ? null : new ObjectShape(
                ImmutableSortedDictionary.CreateRange(
                    StringComparer.Ordinal, Object.Members.Select(m => KeyValuePair.Create(m.Key, m.Value with { Shape = m.Value.Shape.Widened(depth - 1) }))),
                Object.Rest.Widened(depth - 1),
                Object.HasPlainNames));
    }

    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && !IsAny && !other.IsAny
        && CanBeNull == other.CanBeNull && CanBeTrue == other.CanBeTrue && CanBeFalse == other.CanBeFalse && Size == other.Size
        && GetHashCode() == other.GetHashCode() && Numbers.Equals(other.Numbers) && Texts.Equals(other.Texts)
        && Equals(Array, other.Array) && Equals(Object, other.Object));

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() =>
        _hash != 0 ? _hash : _hash = IsAny ? 1 : HashCode.Combine(CanBeNull, CanBeTrue, CanBeFalse, Numbers, Texts, Array, Object) | 1;

    public override string ToString() => ShapeText.Of(this);

    private (int Depth, int Size) Measure()
    {
        var (depth, size) = (0, 0L);
        void Add(Shape part) => (depth, size) = (Math.Max(depth, part.Depth), size + part.Size);

        if (_array is not null)
        {
            Add(_array.Rest);
            foreach (var item in _array.First)
                Add(item);
        }

        if (_object is not null)
        {
            Add(_object.Rest);
            foreach (var (_, member) in _object.Members)
                Add(member.Shape);
        }

        return (depth + 1, (int)Math.Min(int.MaxValue / 2, size + 1));
    }

    private static Shape Make(
        bool canBeNull, bool canBeTrue, bool canBeFalse, LiteralSet numbers, LiteralSet texts, ArrayShape? array, ObjectShape? members)
    {
        var made = new Shape(canBeNull, canBeTrue, canBeFalse, numbers, texts, array, members);
        if (made.Kinds == 0)
            return Never;
        if (made.Depth > Deepest || made.Size > Largest)
            made = new Shape(canBeNull, canBeTrue, canBeFalse, numbers, texts, array is null ? null : ArrayShape.Any, members is null ? null : ObjectShape.Any);
        return made.Kinds == 7 && made.Numbers.IsAll && made.Texts.IsAll && made._array == ArrayShape.Any && made._object == ObjectShape.Any ? Any : made;
    }
}
