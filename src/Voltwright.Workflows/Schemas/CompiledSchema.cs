using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>A compiled JSON Schema (2020-12, and the older keywords that still mean the same).</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    /// <summary>The first thing wrong with the value, with its place; null when it is valid.</summary>
    public string? Problem(JsonValue value) => root.Check(new Instance(value, "", 0), new SchemaMarks());
}
