using Voltwright.Jq;

namespace Voltwright.Workflows.Shapes;

/// <summary>What a JSON schema lets through, as a shape: what a keyword further excludes is not looked at.</summary>
/// <param name="root">What local references, <c>#/…</c>, are looked up in.</param>
internal sealed class SchemaShapes(JsonValue root)
{
    private const int Deepest = 8;

    private static readonly string[] ObjectKeywords = ["properties", "required", "additionalProperties", "patternProperties"];
    private static readonly string[] ArrayKeywords = ["items", "prefixItems", "contains"];

    public Shape Of(JsonValue schema, int depth = 0)
    {
        if (depth > Deepest)
            return Shape.Any;
        if (schema.Kind == JsonKind.False)
            return Shape.Never;
        if (!schema.TryGetObject(out var keywords))
            return Shape.Any;
        if (schema["$ref"].TryGetString(out var reference))
            return Of(Resolve(reference), depth + 1);
        var shape = Kinds(schema, depth);
        if (schema["enum"].TryGetArray(out var values))
            shape = shape.And(Shape.Join(values.Select(Shape.Of)));
        if (keywords.ContainsKey("const"))
            shape = shape.And(Shape.Of(schema["const"]));
        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            if (schema[choice].TryGetArray(out var alternatives))
                shape = shape.And(Shape.Join(alternatives.Select(a => Of(a, depth + 1))));
        }

        if (schema["allOf"].TryGetArray(out var all))
            shape = all.Aggregate(shape, (met, part) => met.And(Of(part, depth + 1)));
        return schema["nullable"].IsTruthy ? shape.Or(Shape.Null) : shape;
    }

    private Shape Kinds(JsonValue schema, int depth)
    {
        var names = schema["type"].TryGetString(out var one) ? [one]
            : schema["type"].TryGetArray(out var several) ? several.Select(s => s.TryGetString(out var name) ? name : "").ToArray()
            : null;
        var any = Shape.Any;
        var (members, items) = (
            ObjectKeywords.Any(k => !schema[k].IsNull) ? Object(schema, depth) : Shape.AnyObject,
            ArrayKeywords.Any(k => !schema[k].IsNull) ? Array(schema, depth) : Shape.AnyArray);
        if (names is null)
            return Shape.Join(any.KindNames().Select(k => k == "object" ? members : k == "array" ? items : any.OfKind(k)));
        return Shape.Join(names.Select(name => name switch
        {
            "object" => members,
            "array" => items,
            "integer" => Shape.Number,
            _ => any.OfKind(name),
        }));
    }

    private Shape Object(JsonValue schema, int depth)
    {
        var required = schema["required"].TryGetArray(out var names) ? names : JsonArray.Empty;
        var additional = schema["additionalProperties"];
        var rest = !schema["patternProperties"].IsNull ? Shape.Any : additional.IsNull ? Shape.Any : Of(additional, depth + 1);
        var shape = new ObjectShape(ObjectShape.Empty.Members, rest);
        if (schema["properties"].TryGetObject(out var properties))
        {
            foreach (var (name, part) in properties)
                shape = shape.With(name, Of(part, depth + 1), required.Contains(name));
        }

        foreach (var name in required)
        {
            if (name.TryGetString(out var text) && !shape.Members.ContainsKey(text))
                shape = shape.With(text, rest);
        }

        return Shape.Of(shape);
    }

    private Shape Array(JsonValue schema, int depth)
    {
        // Arrays may be shorter than their prefix, so its items are elements like others.
        var items = schema["items"].IsNull ? Shape.Any : Of(schema["items"], depth + 1);
        if (schema["prefixItems"].TryGetArray(out var first))
            items = first.Aggregate(items, (joined, item) => joined.Or(Of(item, depth + 1)));
        return Shape.ArrayOf(items);
    }

    private JsonValue Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return reference == "#" ? root : true;
        var found = root;
        foreach (var step in reference[2..].Split('/'))
            found = found[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return found.IsNull ? true : found;
    }
}
