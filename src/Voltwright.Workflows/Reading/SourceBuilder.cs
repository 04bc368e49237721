using Voltwright.Jq;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Puts nodes together from a stream of parts, iteratively, within <see cref="SourceLimits"/>.</summary>
internal sealed class SourceBuilder(ReadingContext context)
{
    private readonly Stack<Open> _open = new();
    private long _nodes;

    public SourceNode? Root { get; private set; }

    /// <summary>Whether the next scalar is a member's name.</summary>
    public bool AwaitsName => _open.TryPeek(out var top) && top.Members is not null && top.Name is null;

    public void OpenMapping(int line, int column) => Push(new Open(line, column) { Members = [] });

    public void OpenSequence(int line, int column) => Push(new Open(line, column) { Items = [] });

    public SourceNode Close()
    {
        var top = _open.Pop();
        var node = top.Members is not null
            ? SourceNode.Mapping(top.Line, top.Column, top.Members)
            : SourceNode.Sequence(top.Line, top.Column, top.Items!);
        return Attach(node, 0);
    }

    public void Name(string name, int line, int column)
    {
        var top = _open.Peek();
        if (!top.Names.Add(name))
            context.Error(line, column, Rules.DuplicateKey, $"'{name}' is given twice.", "Keep one of the two.");
        top.Name = new SourceMember(name, line, column, null!);
    }

    public SourceNode Leaf(int line, int column, JsonValue value) => Attach(SourceNode.Leaf(line, column, value), 1);

    public SourceNode Attach(SourceNode node, int weight)
    {
        _nodes += weight;
        if (_nodes > SourceLimits.Nodes)
            throw new SourceException(Rules.TooLarge, $"More than {SourceLimits.Nodes} values, aliases written out.", node.Line, node.Column);
        if (!_open.TryPeek(out var top))
            Root = node;
        else if (top.Items is not null)
            top.Items.Add(node);
        else
        {
            top.Members!.Add(top.Name! with { Value = node });
            top.Name = null;
        }

        return node;
    }

    private void Push(Open open)
    {
        if (_open.Count >= SourceLimits.Depth)
            throw new SourceException(Rules.TooLarge, $"Nested deeper than {SourceLimits.Depth} levels.", open.Line, open.Column);
        _nodes++;
        _open.Push(open);
    }

    private sealed class Open(int line, int column)
    {
        public int Line => line;

        public int Column => column;

        public List<SourceMember>? Members { get; init; }

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public List<SourceNode>? Items { get; init; }

        public SourceMember? Name { get; set; }
    }
}
