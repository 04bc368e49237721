namespace Voltwright.Workflows.Schemas;

/// <summary>Which members and items of one value some keyword has already looked at (2020-12 core, 7.7.1).</summary>
internal sealed class SchemaMarks
{
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public HashSet<int> Items { get; } = [];

    public void Add(SchemaMarks other)
    {
        Members.UnionWith(other.Members);
        Items.UnionWith(other.Items);
    }
}
