using Voltwright.Workflows.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Voltwright.Workflows.Reading;

/// <summary>YAML text to nodes. Only what JSON can express: string keys, no tags, one document.</summary>
internal static class YamlSource
{
    /// <exception cref="SourceException">The text is not YAML, or too large.</exception>
    public static SourceNode? Read(string text, ReadingContext context)
    {
        var builder = new SourceBuilder(context);
        var anchors = new Dictionary<string, SourceNode>(StringComparer.Ordinal);
        var openAnchors = new Stack<string?>();
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        var documents = 0;
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart start && ++documents > 1)
                    throw At(start, Rules.Syntax, "More than one document.", "Keep each workflow in a file of its own.");
                Take(parser.Current!, builder, anchors, openAnchors);
            }
        }
        catch (YamlException e)
        {
            throw new SourceException(Rules.Syntax, e.InnerException?.Message ?? e.Message, (int)e.Start.Line, (int)e.Start.Column);
        }
        catch (InvalidOperationException)
        {
            // The scanner's own way to refuse a text whose lines are indented less than the mapping around them.
            throw new SourceException(Rules.Syntax, "This is no YAML: a line is indented less than what it belongs to.", 1, 1);
        }

        return builder.Root;
    }

    private static void Take(
        ParsingEvent part, SourceBuilder builder, Dictionary<string, SourceNode> anchors, Stack<string?> openAnchors)
    {
        var (line, column) = ((int)part.Start.Line, (int)part.Start.Column);
        switch (part)
        {
            case Scalar name when builder.AwaitsName:
                builder.Name(name.Value, line, column);
                break;
            case Scalar scalar:
                var plain = scalar.Style == ScalarStyle.Plain && !scalar.Tag.IsLocal && scalar.Tag.IsEmpty;
                var leaf = builder.Leaf(line, column, plain ? CoreScalars.Resolve(scalar.Value) : scalar.Value);
                Remember(scalar.Anchor, leaf, anchors);
                break;
            case MappingStart or SequenceStart when builder.AwaitsName:
                throw At(part, Rules.Syntax, "A key must be a string.", "Quote text that begins with '{' or '['.");
            case MappingStart mapping:
                openAnchors.Push(mapping.Anchor.IsEmpty ? null : mapping.Anchor.Value);
                builder.OpenMapping(line, column);
                break;
            case SequenceStart sequence:
                openAnchors.Push(sequence.Anchor.IsEmpty ? null : sequence.Anchor.Value);
                builder.OpenSequence(line, column);
                break;
            case MappingEnd or SequenceEnd:
                var node = builder.Close();
                if (openAnchors.Pop() is { } anchor)
                    anchors[anchor] = node;
                break;
            case AnchorAlias alias:
                if (!anchors.TryGetValue(alias.Value.Value, out var target))
                    throw At(alias, Rules.Syntax, $"The alias '*{alias.Value}' has no finished anchor before it.", null);
                builder.Attach(target, target.Weight);
                break;
        }
    }

    private static void Remember(AnchorName anchor, SourceNode node, Dictionary<string, SourceNode> anchors)
    {
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = node;
    }

    private static SourceException At(ParsingEvent part, string rule, string message, string? suggestion) =>
        new(rule, message, (int)part.Start.Line, (int)part.Start.Column, suggestion);
}
