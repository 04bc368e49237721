using System.Runtime.CompilerServices;

namespace Voltwright.Jq.Syntax;

/// <summary>Recursive descent over jq's grammar: queries here, terms, objects, patterns and files in the other parts.</summary>
internal sealed partial class Parser
{
    private static readonly Dictionary<string, (int Level, bool Right, bool Chains)> Operators = new()
    {
        ["//"] = (1, true, true),
        ["="] = (2, false, false), ["|="] = (2, false, false), ["+="] = (2, false, false), ["-="] = (2, false, false),
        ["*="] = (2, false, false), ["/="] = (2, false, false), ["%="] = (2, false, false), ["//="] = (2, false, false),
        ["or"] = (3, false, true),
        ["and"] = (4, false, true),
        ["=="] = (5, false, false), ["!="] = (5, false, false), ["<"] = (5, false, false),
        [">"] = (5, false, false), ["<="] = (5, false, false), [">="] = (5, false, false),
        ["+"] = (6, false, true), ["-"] = (6, false, true),
        ["*"] = (7, false, true), ["/"] = (7, false, true), ["%"] = (7, false, true),
    };

    private readonly Lexer _lexer;
    private Token _token;

    private Parser(string source)
    {
        _lexer = new(source);
        _token = _lexer.Next();
    }

    /// <exception cref="JqCompileException">The text is no jq program; the message is jq's where jq has a clear one.</exception>
    public static SourceFile Parse(string source) => new Parser(source).File();

    private Node Query()
    {
        Descend();
        var left = Operand(out var open);
        while (!open && Accept(","))
            left = new CommaNode(left, Operand(out open)) { Position = left.Position };
        return !open && Accept("|") ? new PipeNode(left, Query()) { Position = left.Position } : left;
    }

    /// <summary>A part of a comma list. A definition, binding or label is open: it takes the rest of the query as its body.</summary>
    private Node Operand(out bool open)
    {
        var start = _token.Start;
        open = true;
        if (_token.Is("def"))
        {
            var definition = Definition();
            return new DefineNode(definition, Query()) { Position = start };
        }

        if (Accept("label"))
        {
            var name = Take(TokenKind.Variable).Text;
            Expect("|");
            return new LabelNode(name, Query()) { Position = start };
        }

        var expression = Expression();
        open = _token.Is("as");
        if (!open)
            return expression;
        var patterns = Patterns();
        Expect("|");
        return new BindNode(expression, patterns, Query()) { Position = start };
    }

    private Node Expression(int level = 1)
    {
        Descend();
        var left = PostfixTerm();
        while (true)
        {
            // `.a?//1` is one token to the lexer, and an optional term with an alternative to everybody else.
            if (level <= 1 && Accept("?//"))
            {
                left = new BinaryNode("//", new TryNode(left, null) { Position = left.Position }, Expression(1)) { Position = left.Position };
                continue;
            }

            if (_token.Kind is not (TokenKind.Symbol or TokenKind.Keyword) || !Operators.TryGetValue(_token.Text, out var found) || found.Level < level)
                return left;
            var symbol = Advance();
            left = Combine(symbol.Text, left, Expression(found.Right ? found.Level : found.Level + 1)) with { Position = symbol.Start };
            if (!found.Chains && Operators.TryGetValue(_token.Text, out var next) && next.Level == found.Level)
                throw Unexpected();
        }
    }

    private static Node Combine(string symbol, Node left, Node right) => symbol is "==" or "!=" or "<=" or ">=" || !symbol.EndsWith('=')
        ? new BinaryNode(symbol, left, right)
        : new AssignNode(symbol, left, right);

    private Definition Definition()
    {
        var start = _token.Start;
        Expect("def");
        var name = Take(TokenKind.Name).Text;
        var parameters = new List<string>();
        if (Accept("("))
        {
            do
                parameters.Add(_token.Kind == TokenKind.Variable ? "$" + Advance().Text : Take(TokenKind.Name).Text);
            while (Accept(";"));
            Expect(")");
        }

        Expect(":");
        var body = Query();
        ExpectEnd(";");
        return new(name, parameters, body) { Position = start };
    }

    /// <summary>Wherever the grammar may lead back to itself.</summary>
    private void Descend()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Error(_token.Start, "The program is nested too deeply");
    }

    private Token Advance()
    {
        var taken = _token;
        _token = _lexer.Next();
        return taken;
    }

    private bool Accept(string symbol)
    {
        if (!_token.Is(symbol))
            return false;
        Advance();
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
            throw Unexpected($"'{symbol}'");
    }

    /// <summary>Behind a query, which could have gone on instead.</summary>
    private void ExpectEnd(string symbol)
    {
        if (!Accept(symbol))
            throw Unexpected($"'|' or ',' or '{symbol}'");
    }

    private Token Take(TokenKind kind) => _token.Kind == kind ? Advance() : throw Unexpected(SyntaxErrors.Name(kind));

    private JqCompileException Unexpected(string? expected = null) => Error(
        _token.Start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}{(expected is null ? "" : $", expecting {expected}")}");

    private JqCompileException Error(int position, string message) => SyntaxErrors.At(_lexer.Source, position, message);
}
