using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>A value under validation, and where it stands.</summary>
/// <param name="Depth">How many schemas deep: guards against schemas that refer to themselves.</param>
internal readonly record struct Instance(JsonValue Value, string At, int Depth)
{
    public Instance Member(string name, JsonValue value) => new(value, $"{At}/{name}", Depth);

    public Instance Item(int index, JsonValue value) => new(value, $"{At}/{index}", Depth);

    public string Problem(string what) => $"{(At.Length == 0 ? "the value" : $"'{At}'")} {what}";
}
