using System.Text.RegularExpressions;
using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>Keywords about what is inside objects and arrays (2020-12 core 10.3 and 11, validation 6.4 and 6.5).</summary>
internal static class ShapeKeywords
{
    public static void Add(SchemaNode node, JsonObject schema, SchemaCompiler compiler)
    {
        if (schema.ContainsKey("properties") || schema.ContainsKey("patternProperties") || schema.ContainsKey("additionalProperties"))
            node.Keywords.Add(Members(schema, compiler));
        if (schema.ContainsKey("items") || schema.ContainsKey("prefixItems"))
            node.Keywords.Add(Items(schema, compiler));
        foreach (var (name, value) in schema)
        {
            if (Create(name, value, schema, compiler) is { } keyword)
                node.Keywords.Add(keyword);
        }
    }

    /// <summary>To be added last: these look at what all others have left.</summary>
    public static void AddUnevaluated(SchemaNode node, JsonObject schema, SchemaCompiler compiler)
    {
        if (schema.TryGetValue("unevaluatedProperties", out var forMembers))
        {
            var rest = compiler.Node(forMembers);
            node.Keywords.Add((i, marks) => i.Value.TryGetObject(out var members)
                ? members.Where(m => marks.Members.Add(m.Key))
                    .Select(m => rest.Check(i.Member(m.Key, m.Value), new SchemaMarks())).FirstOrDefault(p => p is not null)
                : null);
        }

        if (schema.TryGetValue("unevaluatedItems", out var forItems))
        {
            var rest = compiler.Node(forItems);
            node.Keywords.Add((i, marks) => i.Value.TryGetArray(out var items)
                ? items.Select((v, n) => marks.Items.Add(n) ? rest.Check(i.Item(n, v), new SchemaMarks()) : null).FirstOrDefault(p => p is not null)
                : null);
        }
    }

    private static Keyword? Create(string name, JsonValue value, JsonObject schema, SchemaCompiler compiler) => name switch
    {
        "required" => Required(SchemaFormatException.Items(value, name)),
        "dependentRequired" => DependentRequired(SchemaFormatException.Members(value, name)),
        "propertyNames" => Names(compiler.Node(value)),
        "minProperties" => Count(name, value, i => i.Value.TryGetObject(out var o) ? o.Count : null, atLeast: true, "properties"),
        "maxProperties" => Count(name, value, i => i.Value.TryGetObject(out var o) ? o.Count : null, atLeast: false, "properties"),
        "minItems" => Count(name, value, i => i.Value.TryGetArray(out var a) ? a.Count : null, atLeast: true, "items"),
        "maxItems" => Count(name, value, i => i.Value.TryGetArray(out var a) ? a.Count : null, atLeast: false, "items"),
        "uniqueItems" when value.IsTruthy => Unique,
        "contains" => Contains(compiler.Node(value), schema),
        _ => null,
    };

    private static string? Unique(Instance i, SchemaMarks marks) =>
        i.Value.TryGetArray(out var items) && items.Distinct().Count() < items.Count ? i.Problem("has an item twice") : null;

    private static Keyword Members(JsonObject schema, SchemaCompiler compiler)
    {
        var named = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        if (schema.TryGetValue("properties", out var properties))
        {
            foreach (var (name, value) in SchemaFormatException.Members(properties, "properties"))
                named[name] = compiler.Node(value);
        }

        (Regex Pattern, SchemaNode Schema)[] patterns = schema.TryGetValue("patternProperties", out var given)
            ? [.. SchemaFormatException.Members(given, "patternProperties")
                .Select(p => (SchemaFormatException.Pattern(p.Key, "patternProperties"), compiler.Node(p.Value)))]
            : [];
        var additional = schema.TryGetValue("additionalProperties", out var rest) ? compiler.Node(rest) : null;
        return (i, marks) =>
        {
            if (!i.Value.TryGetObject(out var members))
                return null;
            foreach (var (name, value) in members)
            {
                var schemas = named.TryGetValue(name, out var own) ? [own] : new List<SchemaNode>();
                schemas.AddRange(patterns.Where(p => SchemaFormatException.Matches(p.Pattern, name)).Select(p => p.Schema));
                if (schemas.Count == 0 && additional is not null)
                    schemas.Add(additional);
                if (schemas.Count > 0)
                    marks.Members.Add(name);
                if (schemas.Select(s => s.Check(i.Member(name, value), new SchemaMarks())).FirstOrDefault(p => p is not null) is { } problem)
                    return problem;
            }

            return null;
        };
    }

    private static Keyword Items(JsonObject schema, SchemaCompiler compiler)
    {
        // Up to draft 2019-09 a list in 'items' was what 'prefixItems' is now.
        var items = schema["items"];
        var before = items.TryGetArray(out var old) ? old
            : schema.TryGetValue("prefixItems", out var prefix) ? SchemaFormatException.Items(prefix, "prefixItems") : JsonArray.Empty;
        SchemaNode[] first = [.. before.Select(compiler.Node)];
        var hasRest = items.IsArray ? schema.ContainsKey("additionalItems") : schema.ContainsKey("items");
        var rest = hasRest ? compiler.Node(items.IsArray ? schema["additionalItems"] : items) : null;
        return (i, marks) =>
        {
            if (!i.Value.TryGetArray(out var values))
                return null;
            for (var n = 0; n < values.Count; n++)
            {
                var schema = n < first.Length ? first[n] : rest;
                if (schema is null)
                    continue;
                marks.Items.Add(n);
                if (schema.Check(i.Item(n, values[n]), new SchemaMarks()) is { } problem)
                    return problem;
            }

            return null;
        };
    }

    private static Keyword Required(JsonArray names)
    {
        string[] required = [.. names.Select(n => SchemaFormatException.Text(n, "required"))];
        return (i, _) => i.Value.TryGetObject(out var members) && Array.Find(required, n => !members.ContainsKey(n)) is { } missing
            ? i.Problem($"lacks '{missing}'") : null;
    }

    private static Keyword DependentRequired(JsonObject rules)
    {
        var required = rules.ToDictionary(r => r.Key, r => SchemaFormatException.Items(r.Value, "dependentRequired"));
        return (i, _) =>
        {
            if (!i.Value.TryGetObject(out var members))
                return null;
            foreach (var (name, others) in required.Where(r => members.ContainsKey(r.Key)))
            {
                if (others.Select(o => SchemaFormatException.Text(o, "dependentRequired")).FirstOrDefault(o => !members.ContainsKey(o)) is { } missing)
                    return i.Problem($"has '{name}' and so needs '{missing}'");
            }

            return null;
        };
    }

    private static Keyword Names(SchemaNode names) => (i, _) => i.Value.TryGetObject(out var members)
        ? members.Keys.Select(k => names.Check(i with { Value = k }, new SchemaMarks())).FirstOrDefault(p => p is not null) : null;

    private static Keyword Count(string name, JsonValue value, Func<Instance, int?> count, bool atLeast, string what)
    {
        var bound = SchemaFormatException.Number(value, name);
        var words = atLeast ? "at least" : "at most";
        return (i, _) => count(i) is { } n && (atLeast ? n < bound : n > bound) ? i.Problem($"must have {words} {value} {what}") : null;
    }

    private static Keyword Contains(SchemaNode schema, JsonObject around)
    {
        var least = around.TryGetValue("minContains", out var min) ? SchemaFormatException.Number(min, "minContains") : 1;
        var most = around.TryGetValue("maxContains", out var max) ? SchemaFormatException.Number(max, "maxContains") : double.MaxValue;
        return (i, marks) =>
        {
            if (!i.Value.TryGetArray(out var items))
                return null;
            var found = 0;
            for (var n = 0; n < items.Count; n++)
            {
                if (!schema.Accepts(i.Item(n, items[n])))
                    continue;
                marks.Items.Add(n);
                found++;
            }

            return found >= least && found <= most ? null : i.Problem($"has {found} items of the kind it must contain");
        };
    }
}
