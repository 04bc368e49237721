using System.Globalization;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>Keywords about one value by itself (2020-12 validation, 6.1 to 6.3 and 7).</summary>
internal static class ValueKeywords
{
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    public static void Add(SchemaNode node, JsonObject schema)
    {
        foreach (var (name, value) in schema)
        {
            if (Create(name, value, schema) is { } keyword)
                node.Keywords.Add(keyword);
        }
    }

    private static Keyword? Create(string name, JsonValue value, JsonObject schema) => name switch
    {
        "type" => Type(value),
        "enum" => Enum(SchemaFormatException.Items(value, name)),
        "const" => (i, _) => i.Value.Equals(value) ? null : i.Problem($"must be {value}"),
        "minimum" when schema["exclusiveMinimum"].Kind == JsonKind.True => Compare(name, value, (a, b) => a > b, "more than"),
        "maximum" when schema["exclusiveMaximum"].Kind == JsonKind.True => Compare(name, value, (a, b) => a < b, "less than"),
        "minimum" => Compare(name, value, (a, b) => a >= b, "at least"),
        "maximum" => Compare(name, value, (a, b) => a <= b, "at most"),
        "exclusiveMinimum" when value.IsNumber => Compare(name, value, (a, b) => a > b, "more than"),
        "exclusiveMaximum" when value.IsNumber => Compare(name, value, (a, b) => a < b, "less than"),
        "multipleOf" => Multiple(SchemaFormatException.Number(value, name)),
        "minLength" => Length(name, value, (a, b) => a >= b, "at least"),
        "maxLength" => Length(name, value, (a, b) => a <= b, "at most"),
        "pattern" => Pattern(value),
        "format" => Format(SchemaFormatException.Text(value, name)),
        _ => null,
    };

    private static Keyword Type(JsonValue value)
    {
        string[] types = value.TryGetArray(out var several) ? [.. several.Select(t => SchemaFormatException.Text(t, "type"))]
            : [SchemaFormatException.Text(value, "type")];
        if (types.FirstOrDefault(t => !Types.Contains(t)) is { } unknown)
            throw new SchemaFormatException($"'{unknown}' is no type; there are {string.Join(", ", Types)}.");
        return (i, _) => Array.Exists(types, t => Is(i.Value, t)) ? null : i.Problem($"must be of type {string.Join(" or ", types)}, not {Name(i.Value)}");
    }

    private static Keyword Enum(JsonArray values) =>
        (i, _) => values.Contains(i.Value) ? null : i.Problem($"must be one of {(JsonValue)values}");

    private static Keyword Compare(string name, JsonValue value, Func<double, double, bool> holds, string words)
    {
        var bound = SchemaFormatException.Number(value, name);
        return (i, _) => !i.Value.IsNumber || holds(i.Value.AsDouble(), bound) ? null : i.Problem($"must be {words} {value}");
    }

    private static Keyword Multiple(double step)
    {
        if (step <= 0)
            throw new SchemaFormatException("'multipleOf' must be more than 0.");
        return (i, _) =>
        {
            if (!i.Value.IsNumber)
                return null;
            var quotient = i.Value.AsDouble() / step;
            var isWhole = Math.Abs(quotient - Math.Round(quotient)) <= 1e-9 * Math.Max(1, Math.Abs(quotient));
            return isWhole ? null : i.Problem($"must be a multiple of {step.ToString(CultureInfo.InvariantCulture)}");
        };
    }

    private static Keyword Length(string name, JsonValue value, Func<int, double, bool> holds, string words)
    {
        var bound = SchemaFormatException.Number(value, name);
        return (i, _) => !i.Value.TryGetString(out var text) || holds(Count(text), bound) ? null : i.Problem($"must be {words} {value} characters long");
    }

    private static Keyword Pattern(JsonValue value)
    {
        var pattern = SchemaFormatException.Pattern(value, "pattern");
        return (i, _) => !i.Value.TryGetString(out var text) || SchemaFormatException.Matches(pattern, text) ? null : i.Problem($"must match {value}");
    }

    private static Keyword? Format(string format)
    {
        Func<string, bool>? holds = format switch
        {
            "date-time" => t => t.Length >= 20 && t[10] is 'T' or 't' && DateTimeOffset.TryParse(t, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date" => t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "time" => t => DateTimeOffset.TryParse($"2000-01-01T{t}", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "duration" => t => Reading.DurationText.TryParse(t, out _),
            "email" => t => t.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < t.Length - 1 && !t.Contains(' ', StringComparison.Ordinal),
            "uuid" => t => Guid.TryParseExact(t, "D", out _),
            "uri" => t => Uri.TryCreate(t, UriKind.Absolute, out _),
            "ipv4" => t => Uri.CheckHostName(t) == UriHostNameType.IPv4 && t.Split('.').Length == 4,
            "ipv6" => t => Uri.CheckHostName(t) == UriHostNameType.IPv6 && t[0] != '[',
            _ => null,
        };
        return holds is null ? null : (i, _) => !i.Value.TryGetString(out var text) || holds(text) ? null : i.Problem($"must be a {format}");
    }

    private static bool Is(JsonValue value, string type) => type switch
    {
        "null" => value.IsNull,
        "boolean" => value.Kind is JsonKind.True or JsonKind.False,
        "object" => value.IsObject,
        "array" => value.IsArray,
        "number" => value.IsNumber,
        "string" => value.IsString,
        _ => value.IsNumber && Math.Floor(value.AsDouble()) == value.AsDouble(),
    };

    private static string Name(JsonValue value) => value.Kind is JsonKind.True or JsonKind.False ? "boolean" : value.Kind.ToString().ToLowerInvariant();

    // Characters are code points here, not UTF-16 units.
    private static int Count(string text) => text.EnumerateRunes().Count();
}
