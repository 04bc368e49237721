using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltwright.Ocpp.Payloads;

/// <summary>
/// What a record's declaration says about its JSON in one version: fields, which are required, types, bounds. Built once per type
/// from <c>required</c>, the property types and the attributes of <c>Constraints.cs</c> and <c>VersionConstraints.cs</c>.
/// </summary>
public sealed class PayloadShape
{
    static readonly ConcurrentDictionary<(Type, OcppVersion), PayloadShape> Known = new();

    readonly Dictionary<string, PayloadField> _fields;
    readonly PayloadField[] _required;

    PayloadShape(Type type, OcppVersion version)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        TakesAnyField = properties.Any(property => property.IsDefined(typeof(JsonExtensionDataAttribute)));
        Fields =
        [
            .. properties
                .Where(property => !property.IsDefined(typeof(JsonExtensionDataAttribute)) && Exists(property, version))
                .Select(property => FieldOf(property, version)),
        ];
        _fields = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        _required = [.. Fields.Where(field => field.IsRequired)];
    }

    /// <summary>In the specification's order.</summary>
    public IReadOnlyList<PayloadField> Fields { get; }

    /// <summary>Fields that are not declared pass: a vendor's own.</summary>
    public bool TakesAnyField { get; }

    public static PayloadShape Of(Type type, OcppVersion version) =>
        Known.GetOrAdd((type, version), static wanted => new PayloadShape(wanted.Item1, wanted.Item2));

    /// <summary>Every problem of a payload, in the order of its text; empty when it conforms.</summary>
    public IReadOnlyList<PayloadProblem> Check(JsonElement payload, Lenience lenience)
    {
        var inspection = new PayloadInspection(lenience);
        inspection.Object("", payload, this);
        return inspection.Problems;
    }

    internal PayloadField? Find(string name) => _fields.GetValueOrDefault(name);

    internal IEnumerable<PayloadField> Missing(HashSet<string> present) => _required.Where(field => !present.Contains(field.Name));

    internal static bool Exists(MemberInfo member, OcppVersion version) =>
        version != OcppVersion.V201 || !member.IsDefined(typeof(Since21Attribute));

    static PayloadField FieldOf(PropertyInfo property, OcppVersion version)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new PayloadField(
            property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            IsRequired(property, version),
            ValueOf(type, property, version));
    }

    static bool IsRequired(PropertyInfo property, OcppVersion version) =>
        property.IsDefined(typeof(RequiredMemberAttribute))
        || property.GetCustomAttribute<Since21Attribute>() is { Required: true }
        || (version == OcppVersion.V201 && property.IsDefined(typeof(RequiredUntil21Attribute)));

    static PayloadValue ValueOf(Type type, PropertyInfo property, OcppVersion version)
    {
        if (property.IsDefined(typeof(AddressAttribute))) return new PayloadValue.Address();
        if (type == typeof(string)) return TextOf(property, version);
        if (type == typeof(int) || (version == OcppVersion.V201 && property.IsDefined(typeof(WholeUntil21Attribute))))
            return new PayloadValue.Integer(MinimumOf(property, version), MaximumOf(property, version));
        if (type == typeof(decimal)) return new PayloadValue.Number(MinimumOf(property, version), MaximumOf(property, version));
        if (type == typeof(bool)) return new PayloadValue.Truth();
        if (type == typeof(DateTimeOffset)) return new PayloadValue.Time();
        if (type == typeof(JsonElement)) return new PayloadValue.Anything();
        if (type.IsEnum) return new PayloadValue.Choice(NamesOf(type, version));
        if (!type.IsGenericType) return new PayloadValue.Nested(type, version);
        var items = property.GetCustomAttribute<ItemsAttribute>() ?? new ItemsAttribute(0);
        return new PayloadValue.List(ValueOf(type.GetGenericArguments()[0], property, version), items.Minimum, items.Maximum);
    }

    static PayloadValue TextOf(PropertyInfo property, OcppVersion version)
    {
        if (version == OcppVersion.V201 && property.GetCustomAttribute<ChoiceUntil21Attribute>() is { } choice)
            return new PayloadValue.Choice(NamesOf(choice.Names, version));
        return property.GetCustomAttribute<TextAttribute>() is { } text
            ? new PayloadValue.Text(version == OcppVersion.V21 && text.In21 > 0 ? text.In21 : text.MaxLength)
            : new PayloadValue.Text(int.MaxValue);
    }

    static int MinimumOf(PropertyInfo property, OcppVersion version) =>
        property.GetCustomAttribute<AtLeastAttribute>() is { } bound && (version == OcppVersion.V21 || !bound.Only21)
            ? bound.Minimum
            : int.MinValue;

    static int MaximumOf(PropertyInfo property, OcppVersion version) =>
        property.GetCustomAttribute<AtMostAttribute>() is { } bound && (version == OcppVersion.V21 || !bound.Only21)
            ? bound.Maximum
            : int.MaxValue;

    static HashSet<string> NamesOf(Type choice, OcppVersion version) => choice.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(member => Exists(member, version))
        .Select(member => member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? member.Name)
        .ToHashSet(StringComparer.Ordinal);
}

/// <summary>One field of a payload.</summary>
public sealed record PayloadField(string Name, bool IsRequired, PayloadValue Value);

/// <summary>What a field holds.</summary>
public abstract record PayloadValue
{
    public sealed record Text(int MaxLength) : PayloadValue;

    public sealed record Address : PayloadValue;

    /// <summary>Bounds at the ends of 32 bits are none.</summary>
    public sealed record Integer(int Minimum, int Maximum) : PayloadValue;

    /// <summary>Bounds at the ends of 32 bits are none.</summary>
    public sealed record Number(int Minimum, int Maximum) : PayloadValue;

    public sealed record Truth : PayloadValue;

    public sealed record Time : PayloadValue;

    public sealed record Anything : PayloadValue;

    public sealed record Choice(IReadOnlySet<string> Names) : PayloadValue;

    public sealed record List(PayloadValue Item, int Minimum, int Maximum) : PayloadValue;

    /// <summary>Another record; looked up when it is met, since 2.x payloads nest deeply.</summary>
    public sealed record Nested(Type Type, OcppVersion Version) : PayloadValue
    {
        public PayloadShape Shape => PayloadShape.Of(Type, Version);
    }
}
