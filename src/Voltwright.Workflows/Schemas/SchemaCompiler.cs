using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>Compiles JSON Schema documents. References reach only into the document itself: a schema never makes a request.</summary>
internal sealed class SchemaCompiler
{
    private readonly JsonValue _root;
    private readonly Dictionary<string, SchemaNode> _references = new(StringComparer.Ordinal);

    private SchemaCompiler(JsonValue root) => _root = root;

    /// <summary>Null, with the reason, when the document is no schema.</summary>
    public static CompiledSchema? Compile(JsonValue document, out string? problem)
    {
        problem = null;
        try
        {
            return new CompiledSchema(new SchemaCompiler(document).Node(document));
        }
        catch (SchemaFormatException e)
        {
            problem = e.Message;
            return null;
        }
    }

    public SchemaNode Node(JsonValue schema)
    {
        var node = new SchemaNode();
        Fill(node, schema);
        return node;
    }

    /// <summary>The schema that a <c>$ref</c> means: each compiled once, cycles included.</summary>
    public SchemaNode Reference(JsonValue reference)
    {
        var text = SchemaFormatException.Text(reference, "$ref");
        if (_references.TryGetValue(text, out var known))
            return known;
        var node = _references[text] = new SchemaNode();
        Fill(node, Target(text));
        return node;
    }

    private void Fill(SchemaNode node, JsonValue schema)
    {
        switch (schema.Kind)
        {
            case JsonKind.True:
                break;
            case JsonKind.False:
                node.Keywords.Add((i, _) => i.Problem("is not allowed"));
                break;
            case JsonKind.Object:
                var members = schema.AsObject();
                ValueKeywords.Add(node, members);
                ShapeKeywords.Add(node, members, this);
                LogicKeywords.Add(node, members, this);
                ShapeKeywords.AddUnevaluated(node, members, this);
                break;
            default:
                throw new SchemaFormatException($"A schema is an object, true or false, not {schema}.");
        }
    }

    private JsonValue Target(string reference)
    {
        if (!reference.StartsWith('#'))
            throw new SchemaFormatException($"'$ref: {reference}' leaves the document; only references that begin with '#' are followed.");
        if (reference == "#")
            return _root;
        if (reference[1] != '/')
            return Anchored(_root, reference[1..]) ?? throw new SchemaFormatException($"'{reference}' is anchored nowhere in the schema.");
        var place = _root;
        foreach (var step in Uri.UnescapeDataString(reference[2..]).Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = place.IsArray && int.TryParse(name, out var index) ? place[index] : place[name];
            place = next.IsNull ? throw new SchemaFormatException($"'{reference}' is nowhere in the schema.") : next;
        }

        return place;
    }

    private static JsonValue? Anchored(JsonValue schema, string anchor)
    {
        if (schema.TryGetObject(out var members))
        {
            if (members["$anchor"].TryGetString(out var name) && name == anchor)
                return schema;
            return members.Select(m => Anchored(m.Value, anchor)).FirstOrDefault(found => found is not null);
        }

        return schema.TryGetArray(out var items) ? items.Select(i => Anchored(i, anchor)).FirstOrDefault(found => found is not null) : null;
    }
}
