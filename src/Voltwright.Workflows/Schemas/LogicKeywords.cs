using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>Keywords that combine schemas on one value (2020-12 core, 10.2).</summary>
internal static class LogicKeywords
{
    public static void Add(SchemaNode node, JsonObject schema, SchemaCompiler compiler)
    {
        foreach (var (name, value) in schema)
        {
            if (Create(name, value, schema, compiler) is { } keyword)
                node.Keywords.Add(keyword);
        }
    }

    private static Keyword? Create(string name, JsonValue value, JsonObject schema, SchemaCompiler compiler) => name switch
    {
        "$ref" => compiler.Reference(value).Apply,
        "$dynamicRef" or "$recursiveRef" => throw new SchemaFormatException($"'{name}' is not supported; use '$ref'."),
        "allOf" => All(Schemas(value, name, compiler)),
        "anyOf" => Any(Schemas(value, name, compiler)),
        "oneOf" => One(Schemas(value, name, compiler)),
        "not" => Not(compiler.Node(value)),
        "if" => If(compiler.Node(value), Optional(schema, "then", compiler), Optional(schema, "else", compiler)),
        "dependentSchemas" => Dependent(SchemaFormatException.Members(value, name), compiler),
        _ => null,
    };

    private static SchemaNode[] Schemas(JsonValue value, string name, SchemaCompiler compiler) =>
        [.. SchemaFormatException.Items(value, name).Select(compiler.Node)];

    private static SchemaNode? Optional(JsonObject schema, string name, SchemaCompiler compiler) =>
        schema.TryGetValue(name, out var value) ? compiler.Node(value) : null;

    private static Keyword All(SchemaNode[] schemas) =>
        (i, marks) => schemas.Select(s => s.Apply(i, marks)).FirstOrDefault(p => p is not null);

    private static Keyword Any(SchemaNode[] schemas) => (i, marks) =>
    {
        // Every branch is looked at, since each that holds marks what it has seen.
        string? first = null;
        var held = false;
        foreach (var schema in schemas)
        {
            var problem = schema.Apply(i, marks);
            held |= problem is null;
            first ??= problem;
        }

        return held ? null : i.Problem($"fits none of the alternatives ({first})");
    };

    private static Keyword One(SchemaNode[] schemas) => (i, marks) =>
    {
        SchemaNode[] fitting = [.. schemas.Where(s => s.Accepts(i))];
        return fitting.Length == 1 ? fitting[0].Apply(i, marks) : i.Problem($"must fit exactly one alternative, not {fitting.Length}");
    };

    private static Keyword Not(SchemaNode schema) => (i, _) => schema.Accepts(i) ? i.Problem("fits what is excluded") : null;

    private static Keyword If(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) =>
        (i, marks) => (condition.Apply(i, marks) is null ? then : otherwise)?.Apply(i, marks);

    private static Keyword Dependent(JsonObject schemas, SchemaCompiler compiler)
    {
        var compiled = schemas.ToDictionary(s => s.Key, s => compiler.Node(s.Value));
        return (i, marks) => i.Value.TryGetObject(out var members)
            ? compiled.Where(c => members.ContainsKey(c.Key)).Select(c => c.Value.Apply(i, marks)).FirstOrDefault(p => p is not null) : null;
    }
}
