using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltwright.Ocpp.Payloads;

/// <summary>
/// What a record's declaration says about its JSON: fields, which are required, types, bounds. Built once per type from
/// <c>required</c>, the property types and the attributes of <c>Constraints.cs</c>.
/// </summary>
public sealed class PayloadShape
{
    static readonly ConcurrentDictionary<Type, PayloadShape> Known = new();

    readonly Dictionary<string, PayloadField> _fields;
    readonly PayloadField[] _required;

    PayloadShape(Type type)
    {
        Fields = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(FieldOf)];
        _fields = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        _required = [.. Fields.Where(field => field.IsRequired)];
    }

    /// <summary>In the specification's order.</summary>
    public IReadOnlyList<PayloadField> Fields { get; }

    public static PayloadShape Of(Type type) => Known.GetOrAdd(type, static wanted => new PayloadShape(wanted));

    /// <summary>Every problem of a payload, in the order of its text; empty when it conforms.</summary>
    public IReadOnlyList<PayloadProblem> Check(JsonElement payload, Lenience lenience)
    {
        var inspection = new PayloadInspection(lenience);
        inspection.Object("", payload, this);
        return inspection.Problems;
    }

    internal PayloadField? Find(string name) => _fields.GetValueOrDefault(name);

    internal IEnumerable<PayloadField> Missing(HashSet<string> present) => _required.Where(field => !present.Contains(field.Name));

    static PayloadField FieldOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new PayloadField(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            property.IsDefined(typeof(RequiredMemberAttribute)),
            ValueOf(type, property));
    }

    static PayloadValue ValueOf(Type type, PropertyInfo property)
    {
        if (property.IsDefined(typeof(AddressAttribute))) return new PayloadValue.Address();
        if (type == typeof(string)) return new PayloadValue.Text(property.GetCustomAttribute<TextAttribute>()?.MaxLength ?? int.MaxValue);
        if (type == typeof(int)) return new PayloadValue.Integer(property.GetCustomAttribute<AtLeastAttribute>()?.Minimum ?? int.MinValue);
        if (type == typeof(decimal)) return new PayloadValue.Number();
        if (type == typeof(bool)) return new PayloadValue.Truth();
        if (type == typeof(DateTimeOffset)) return new PayloadValue.Time();
        if (type == typeof(JsonElement)) return new PayloadValue.Anything();
        if (type.IsEnum) return new PayloadValue.Choice(NamesOf(type));
        if (!type.IsGenericType) return new PayloadValue.Nested(type);
        var items = property.GetCustomAttribute<ItemsAttribute>() ?? new ItemsAttribute(0);
        return new PayloadValue.List(ValueOf(type.GetGenericArguments()[0], property), items.Minimum, items.Maximum);
    }

    static HashSet<string> NamesOf(Type choice) => choice.GetFields(BindingFlags.Public | BindingFlags.Static)
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

    public sealed record Integer(int Minimum) : PayloadValue;

    public sealed record Number : PayloadValue;

    public sealed record Truth : PayloadValue;

    public sealed record Time : PayloadValue;

    public sealed record Anything : PayloadValue;

    public sealed record Choice(IReadOnlySet<string> Names) : PayloadValue;

    public sealed record List(PayloadValue Item, int Minimum, int Maximum) : PayloadValue;

    /// <summary>Another record; looked up when it is met, since 2.x payloads nest deeply.</summary>
    public sealed record Nested(Type Type) : PayloadValue
    {
        public PayloadShape Shape => PayloadShape.Of(Type);
    }
}
