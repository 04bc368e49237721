using Voltwright.Jq;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads one mapping, member by member; what nobody asked for is reported by <see cref="Close"/>.</summary>
internal sealed class ObjectReader
{
    private readonly ReadingContext _context;
    private readonly string _what;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private ObjectReader(ReadingContext context, SourceNode node, string what)
    {
        _context = context;
        Node = node;
        _what = what;
    }

    public SourceNode Node { get; }

    /// <summary>Null, with a finding, when the node is no mapping.</summary>
    public static ObjectReader? Open(ReadingContext context, SourceNode? node, string what)
    {
        if (node is null)
            return null;
        if (node.Members is not null)
            return new ObjectReader(context, node, what);
        context.Error(node, Rules.WrongType, $"{what} must be a mapping, not {Describe(node)}.");
        return null;
    }

    public bool Has(string name) => Node[name] is not null;

    public SourceNode? Any(string name, bool required = false)
    {
        _known.Add(name);
        var value = Node[name];
        if (value is null && required)
            _context.Error(Node, Rules.MissingProperty, $"{_what} needs '{name}'.", MissingHint(name));
        return value;
    }

    public SourceNode? Text(string name, bool required = false) =>
        Checked(name, required, n => n.Text is not null, "a string", n => n.Scalar.IsNull ? null : $"quote it: '{n.Scalar}'");

    /// <summary>A string, or any scalar that is written without quotes where it means text.</summary>
    public SourceNode? Scalar(string name, bool required = false) =>
        Checked(name, required, n => n.Members is null && n.Items is null, "a scalar");

    public SourceNode? Flag(string name) => Checked(name, false, n => n.Scalar.Kind is JsonKind.True or JsonKind.False, "true or false");

    public SourceNode? Whole(string name, bool required = false) =>
        Checked(name, required, n => n.Scalar.TryGetInt64(out _), "a whole number");

    public SourceNode? Mapping(string name, bool required = false) => Checked(name, required, n => n.Members is not null, "a mapping");

    public SourceNode? Sequence(string name, bool required = false) => Checked(name, required, n => n.Items is not null, "a list");

    public SourceNode? TextOrMapping(string name, bool required = false) =>
        Checked(name, required, n => n.Members is not null || n.Text is not null, "a string or a mapping");

    public SourceNode? Choice(string name, params ReadOnlySpan<string> allowed) => Choice(name, false, allowed);

    public SourceNode? Choice(string name, bool required, params ReadOnlySpan<string> allowed)
    {
        var value = Text(name, required);
        if (value?.Text is not { } text || allowed.Contains(text))
            return value;
        string[] options = [.. allowed];
        if (text == ReadingContext.Probe)
            _context.Offer(options);
        _context.Error(value, Rules.InvalidValue, $"'{name}' can't be '{text}'; it is one of {string.Join(", ", options)}.",
            Spelling.DidYouMean(text, options));
        return null;
    }

    /// <summary>Says that of several members exactly one must be there.</summary>
    public string? ExactlyOne(params ReadOnlySpan<string> names)
    {
        string[] given = [.. names.ToArray().Where(Has)];
        if (Has(ReadingContext.Probe) && given.Length == 0)
            _context.Offer(names.ToArray());
        if (given.Length == 1)
            return given[0];
        var list = string.Join(", ", names.ToArray().Select(n => $"'{n}'"));
        if (given.Length == 0)
            _context.Error(Node, Rules.MissingProperty, $"{_what} needs one of {list}.", UnknownHint(names));
        else
            _context.Error(Node, Rules.InvalidValue, $"{_what} can have only one of {list}.", "Keep one.");
        return given.FirstOrDefault();
    }

    public void Close()
    {
        if (Has(ReadingContext.Probe))
            _context.Offer(_known.Where(k => !Has(k)));
        foreach (var member in Node.Members!.Where(m => !_known.Contains(m.Name)))
        {
            var hint = Spelling.DidYouMean(member.Name, _known.Where(k => !Has(k))) ?? $"known here: {string.Join(", ", _known)}";
            _context.Error(member.Line, member.Column, Rules.UnknownProperty, $"Unknown property '{member.Name}' in {Lower(_what)}.", hint);
        }
    }

    internal static string Describe(SourceNode node) => node switch
    {
        { Members: not null } => "a mapping",
        { Items: not null } => "a list",
        _ => node.Scalar.Kind switch
        {
            JsonKind.Null => "empty",
            JsonKind.String => $"the text '{Shorten(node.Text!)}'",
            _ => $"the {(node.Scalar.IsNumber ? "number" : "boolean")} {node.Scalar}",
        },
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Lower(string what) =>
        what.Length > 1 && char.IsUpper(what[0]) && char.IsLower(what[1]) ? char.ToLowerInvariant(what[0]) + what[1..] : what;

    private SourceNode? Checked(string name, bool required, Func<SourceNode, bool> fits, string wanted, Func<SourceNode, string?>? hint = null)
    {
        var value = Any(name, required);
        if (value is null || fits(value))
            return value;
        _context.Error(value, Rules.WrongType, $"'{name}' must be {wanted}, not {Describe(value)}.", hint?.Invoke(value));
        return null;
    }

    private string? MissingHint(string name) =>
        Spelling.Nearest(name, Node.Members!.Select(m => m.Name).Where(n => !_known.Contains(n))) is { } near ? $"is '{near}' meant to be '{name}'?" : null;

    private string? UnknownHint(ReadOnlySpan<string> names)
    {
        foreach (var member in Node.Members!.Where(m => !_known.Contains(m.Name)))
        {
            if (Spelling.Nearest(member.Name, names.ToArray()) is { } near)
                return $"is '{member.Name}' meant to be '{near}'?";
        }

        return null;
    }
}
