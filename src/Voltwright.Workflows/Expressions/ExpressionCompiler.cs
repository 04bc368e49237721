using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Expressions;

/// <summary>Compiles expressions and templates, and reports the bad ones at their place.</summary>
internal sealed partial class ExpressionCompiler(ReadingContext context, bool loose, bool isJavaScript)
{
    private static readonly Argument[] Arguments = [.. Enum.GetValues<Argument>().Where(a => a is not (Argument.None or Argument.Variable))];

    /// <summary>An expression-typed property: with or without <c>${ }</c>. Null, with a finding, when it is none.</summary>
    public CompiledExpression? Expression(SourceNode? node, Argument granted, IReadOnlyList<string> variables) =>
        node?.Text is { } text ? Compile(node, ExpressionText.Strip(text), granted, variables, optional: false) : null;

    /// <summary>What <c>from</c> and <c>as</c> hold: an expression as text, or a template.</summary>
    public ValueTemplate? Transform(SourceNode? node, Argument granted, IReadOnlyList<string> variables)
    {
        if (node is null)
            return null;
        if (node.Text is null)
            return Template(node, granted, variables);
        return Expression(node, granted, variables) is { } expression ? new ExpressionTemplate(expression) : null;
    }

    /// <summary>A value position: a string is an expression when it is <c>${ … }</c>, or when the mode is loose and it compiles.</summary>
    public ValueTemplate Template(SourceNode node, Argument granted, IReadOnlyList<string> variables)
    {
        if (node.Members is not null)
            return Object(node, granted, variables);
        if (node.Items is not null)
        {
            var items = node.Items.Select(i => Template(i, granted, variables)).ToArray();
            return items.All(i => i is ConstantTemplate) ? new ConstantTemplate(node.ToJson()) : new ArrayTemplate(items);
        }

        if (node.Text is not { } text)
            return new ConstantTemplate(node.Scalar);
        if (ExpressionText.IsMarked(text))
        {
            return Compile(node, ExpressionText.Strip(text), granted, variables, optional: false) is { } expression
                ? new ExpressionTemplate(expression) : new ConstantTemplate(default);
        }

        if (loose && Compile(node, text, granted, variables, optional: true) is { } attempt)
            return new ExpressionTemplate(attempt);
        if (!loose && ExpressionText.LooksMarked(text))
        {
            context.Note(node, FindingSeverity.Warning, Rules.LiteralExpression,
                "Text around '${ … }' makes the whole a literal: the expression is not evaluated.",
                "make the whole an expression: ${ \"before \\(.value) after\" }");
        }

        return new ConstantTemplate(text);
    }

    private ValueTemplate Object(SourceNode node, Argument granted, IReadOnlyList<string> variables)
    {
        var members = node.Members!.Select(m => KeyValuePair.Create(m.Name, Template(m.Value, granted, variables))).ToArray();
        return members.All(m => m.Value is ConstantTemplate) ? new ConstantTemplate(node.ToJson()) : new ObjectTemplate(members);
    }

    private CompiledExpression? Compile(SourceNode node, string text, Argument granted, IReadOnlyList<string> variables, bool optional)
    {
        var mentioned = Mention().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        ArgumentSlot[] slots =
        [
            .. variables.Distinct().Where(mentioned.Contains).Select(v => new ArgumentSlot(Argument.Variable, v)),
            .. Arguments.Where(a => granted.HasFlag(a)).Select(a => new ArgumentSlot(a, Place.Name(a)))
                .Where(s => mentioned.Contains(s.Name) && !variables.Contains(s.Name)),
        ];
        string[] secrets = slots.Any(s => s.Argument == Argument.Secrets)
            ? [.. SecretMention().Matches(text).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).Distinct()] : [];
        if (isJavaScript)
            return Script(node, text, slots, secrets, optional);
        try
        {
            var program = JqProgram.Compile(text, new JqOptions { Variables = [.. slots.Select(s => s.Name)] });
            return new CompiledExpression(text, program, slots, secrets, optional);
        }
        catch (JqCompileException e)
        {
            if (!optional)
                Report(node, text, e, granted, variables);
            return null;
        }
    }

    private CompiledExpression? Script(SourceNode node, string text, ArgumentSlot[] slots, string[] secrets, bool optional)
    {
        if (JavaScriptProgram.Compile(text, slots.Select(s => s.Name), out var problem) is { } script)
            return new CompiledExpression(text, null, slots, secrets, optional, script);
        if (!optional)
            context.Error(node, Rules.Expression, $"Bad expression: {problem}");
        return null;
    }

    private void Report(SourceNode node, string text, JqCompileException e, Argument granted, IReadOnlyList<string> variables)
    {
        var known = variables.Concat(Arguments.Where(a => granted.HasFlag(a)).Select(Place.Name)).Distinct().ToArray();
        var unknown = Mention().Matches(e.Message) is { Count: > 0 } matches ? matches[0].Groups[1].Value : null;
        var hint = unknown is null || known.Contains(unknown) ? null
            : Spelling.Nearest(unknown, known) is { } near ? $"did you mean '${near}'?"
            : $"available here: {string.Join(", ", known.Select(k => "$" + k))}";
        var inside = e.Line <= 1 && node.Text is { } whole && !whole.Contains('\n', StringComparison.Ordinal);
        var column = inside ? node.Column + Math.Max(0, node.Text!.IndexOf(text, StringComparison.Ordinal)) + Math.Max(1, e.Column) - 1 : node.Column;
        context.Error(node.Line + Math.Max(0, e.Line - 1), column, Rules.Expression, $"Bad expression: {e.Message}", hint);
    }

    [GeneratedRegex(@"\$([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Mention();

    [GeneratedRegex("""\$secrets\s*(?:\.\s*([A-Za-z_][A-Za-z0-9_]*)|\.?\s*\[?\s*"([^"\\]+)"\s*\]?)""")]
    private static partial Regex SecretMention();
}
