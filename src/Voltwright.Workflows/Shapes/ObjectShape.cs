using System.Collections.Immutable;

namespace Voltwright.Workflows.Shapes;

/// <summary>A member that an object can have.</summary>
/// <param name="IsRequired">It is there for certain.</param>
internal sealed record Member(Shape Shape, bool IsRequired);

/// <summary>Objects: the members that are known by name, and what all others are.</summary>
/// <param name="Rest">Never: there are no others.</param>
/// <param name="HasPlainNames">Others than the known have names of lower-case letters and digits only, as attributes of CloudEvents do.</param>
internal sealed record ObjectShape(ImmutableSortedDictionary<string, Member> Members, Shape Rest, bool HasPlainNames = false)
{
    /// <summary>More are not told apart.</summary>
    public const int MostMembers = 100;

    public static readonly ImmutableSortedDictionary<string, Member> NoMembers =
        ImmutableSortedDictionary.Create<string, Member>(StringComparer.Ordinal);

    public static ObjectShape Any => Shape.AnyObject.Object!;

    public static ObjectShape Empty => Shape.EmptyObject.Object!;

    public static ObjectShape Of(params IEnumerable<(string Name, Shape Shape)> members) =>
        members.Aggregate(Empty, (shape, member) => shape.With(member.Name, member.Shape));

    public bool IsClosed => Rest.IsNever;

    /// <summary>What reading the member gives: null where it is not.</summary>
    public Shape this[string name] => !Members.TryGetValue(name, out var member) ? Other(name).Or(Shape.Null)
        : member.IsRequired ? member.Shape : member.Shape.Or(Shape.Null);

    /// <summary>What any member can be.</summary>
    public Shape AnyMember => Shape.Join(Members.Values.Select(m => m.Shape).Append(Rest));

    public bool Can(string name) => Members.TryGetValue(name, out var member) ? !member.Shape.IsNever : !Other(name).IsNever;

    public bool Must(string name) => Members.TryGetValue(name, out var member) && member.IsRequired;

    public ObjectShape With(string name, Shape shape, bool required = true) => Members.Count >= MostMembers && !Members.ContainsKey(name)
        ? this with { Rest = Rest.Or(shape) }
        : this with { Members = Members.SetItem(name, new Member(shape, required)) };

    public ObjectShape Without(string name) => IsClosed
        ? this with { Members = Members.Remove(name) }
        : this with { Members = Members.SetItem(name, new Member(Shape.Never, false)) };

    /// <summary>jq's <c>+</c>: the other's members win.</summary>
    public ObjectShape Plus(ObjectShape other)
    {
        var result = this;
        if (!other.IsClosed)
        {
            result = new ObjectShape(
                Members.ToImmutableSortedDictionary(m => m.Key, m => m.Value with { Shape = m.Value.Shape.Or(other.Rest) }, StringComparer.Ordinal),
                Rest.Or(other.Rest),
                (HasPlainNames || IsClosed) && other.HasPlainNames);
        }

        foreach (var (name, member) in other.Members)
        {
            result = member.IsRequired ? result.With(name, member.Shape)
                : result.With(name, Members.TryGetValue(name, out var own) ? own.Shape.Or(member.Shape) : Other(name).Or(member.Shape), result.Must(name));
        }

        return result;
    }

    public ObjectShape Join(ObjectShape other)
    {
        if (ReferenceEquals(this, other))
            return this;
        var members = Members.ToBuilder();
        foreach (var (name, member) in Members)
        {
            if (!other.Members.TryGetValue(name, out var twin))
                twin = new Member(other.Other(name), false);
            if (!ReferenceEquals(member, twin))
                members[name] = new Member(member.Shape.Or(twin.Shape), member.IsRequired && twin.IsRequired);
        }

        foreach (var (name, member) in other.Members)
        {
            if (!Members.ContainsKey(name))
                members[name] = new Member(member.Shape.Or(Other(name)), false);
        }

        return new ObjectShape(members.ToImmutable(), Rest.Or(other.Rest), (HasPlainNames || IsClosed) && (other.HasPlainNames || other.IsClosed)).Bounded();
    }

    /// <summary>Null when there is no such object.</summary>
    public ObjectShape? Meet(ObjectShape other)
    {
        var members = NoMembers.ToBuilder();
        foreach (var name in Members.Keys.Union(other.Members.Keys))
        {
            var shape = Within(name).And(other.Within(name));
            var required = Must(name) || other.Must(name);
            if (shape.IsNever && required)
                return null;
            members[name] = new Member(shape, required);
        }

        return new ObjectShape(members.ToImmutable(), Rest.And(other.Rest), HasPlainNames || other.HasPlainNames);
    }

    public bool Equals(ObjectShape? other) => other is not null && (ReferenceEquals(this, other)
        || (Members.Count == other.Members.Count && HasPlainNames == other.HasPlainNames && Rest.Equals(other.Rest)
            && (ReferenceEquals(Members, other.Members) || Members.SequenceEqual(other.Members))));

    public override int GetHashCode() => HashCode.Combine(Members.Count, Rest.GetHashCode(), Members.Count == 0 ? null : Members.First().Key);

    /// <summary>What a member can be that is not known by that name.</summary>
    public Shape Other(string name) => HasPlainNames && !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) ? Shape.Never : Rest;

    private Shape Within(string name) => Members.TryGetValue(name, out var member) ? member.Shape : Other(name);

    private ObjectShape Bounded() => Members.Count <= MostMembers ? this : new ObjectShape(NoMembers, AnyMember);
}
