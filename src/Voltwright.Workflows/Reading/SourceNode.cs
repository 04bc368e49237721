using Voltwright.Jq;

namespace Voltwright.Workflows.Reading;

/// <summary>A value of a definition and where it stands. Nodes are shared where the text uses an alias, never cyclic.</summary>
public sealed class SourceNode
{
    private JsonValue? _json;

    private SourceNode(int line, int column, JsonValue scalar, IReadOnlyList<SourceMember>? members, IReadOnlyList<SourceNode>? items)
    {
        Line = line;
        Column = column;
        Scalar = scalar;
        Members = members;
        Items = items;
        Weight = 1 + (members?.Sum(m => (long)m.Value.Weight) ?? 0) + (items?.Sum(i => (long)i.Weight) ?? 0) is var sum and < int.MaxValue
            ? (int)sum : int.MaxValue;
    }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>From 1.</summary>
    public int Column { get; }

    /// <summary>The value of a leaf; null of any other node.</summary>
    public JsonValue Scalar { get; }

    /// <summary>The members of a mapping in their order; null of any other node.</summary>
    public IReadOnlyList<SourceMember>? Members { get; }

    /// <summary>The items of a sequence; null of any other node.</summary>
    public IReadOnlyList<SourceNode>? Items { get; }

    /// <summary>How many nodes a full expansion has, aliases written out.</summary>
    public int Weight { get; }

    public bool IsNull => Members is null && Items is null && Scalar.IsNull;

    /// <summary>The text of a string leaf, else null.</summary>
    public string? Text => Scalar.TryGetString(out var text) ? text : null;

    /// <summary>The member of that name, else null.</summary>
    public SourceNode? this[string name] => Members?.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>The member of that name, with where its name stands; else null.</summary>
    public SourceMember? Find(string name) => Members?.FirstOrDefault(m => m.Name == name);

    public static SourceNode Leaf(int line, int column, JsonValue scalar) => new(line, column, scalar, null, null);

    public static SourceNode Mapping(int line, int column, IReadOnlyList<SourceMember> members) => new(line, column, default, members, null);

    public static SourceNode Sequence(int line, int column, IReadOnlyList<SourceNode> items) => new(line, column, default, null, items);

    public JsonValue ToJson() => _json ??= Build();

    private JsonValue Build()
    {
        if (Items is not null)
            return JsonArray.From(Items.Select(i => i.ToJson()));
        if (Members is null)
            return Scalar;
        var json = new JsonObject.Builder();
        foreach (var member in Members)
            json.Set(member.Name, member.Value.ToJson());
        return json.ToObject();
    }
}
