namespace Voltwright.Jq.Syntax;

/// <summary>Objects, patterns, and whole files.</summary>
internal sealed partial class Parser
{
    private ObjectNode Object()
    {
        var members = new List<(Node, Node)>();
        while (!_token.Is("}"))
        {
            members.Add(Member());
            if (!Accept(","))
                break;
        }

        Expect("}");
        return new(members);
    }

    private (Node Key, Node Value) Member()
    {
        var start = _token.Start;
        var identity = new IdentityNode { Position = start };
        switch (_token.Kind)
        {
            case TokenKind.Variable:
                var variable = new VariableNode(Advance().Text) { Position = start };
                return _token.Is(":") ? (variable, MemberValue()) : (Literal(variable.Name, start), variable);
            case TokenKind.Location:
                return (Literal("__loc__", start), Location());
            case TokenKind.Name or TokenKind.Keyword:
                var name = Literal(Advance().Text, start);
                return _token.Is(":") ? (name, MemberValue()) : (name, new IndexNode(identity, name, false) { Position = start });
            case TokenKind.QuoteStart or TokenKind.Format:
                var text = Text();
                if (text is FormatNode)
                    throw Unexpected();
                return _token.Is(":") ? (text, MemberValue()) : (text, new OwnKeyNode { Position = start });
            case TokenKind.Symbol when _token.Text == "(":
                return (ComputedKey(), MemberValue());
            default:
                throw Error(start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}: May need parentheses around object key expression");
        }
    }

    private static LiteralNode Literal(string text, int position) => new(text) { Position = position };

    private Node ComputedKey()
    {
        var start = Advance().Start;
        var key = Query();
        ExpectEnd(")");
        if (key is LiteralNode { Value: { IsString: false } constant })
            throw Error(start, $"Cannot use {Kinds.Name(constant)} ({Kinds.Excerpt(constant)}) as object key");
        return key;
    }

    /// <summary>After the colon: expressions joined by pipes; a comma would end the member.</summary>
    private Node MemberValue()
    {
        if (!_token.Is(":"))
            throw Error(_token.Start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}: May need parentheses around object key expression");
        Advance();
        return PipedExpressions();
    }

    private Node PipedExpressions()
    {
        var left = Expression();
        return Accept("|") ? new PipeNode(left, PipedExpressions()) { Position = left.Position } : left;
    }

    private List<Pattern> Patterns()
    {
        Expect("as");
        var patterns = new List<Pattern>();
        do
            patterns.Add(Pattern());
        while (Accept("?//"));
        return patterns;
    }

    private Pattern Pattern()
    {
        Descend();
        if (_token.Kind == TokenKind.Variable)
            return new VariablePattern(Advance().Text);
        if (Accept("["))
        {
            var items = new List<Pattern>();
            do
                items.Add(Pattern());
            while (Accept(","));
            Expect("]");
            return new ArrayPattern(items);
        }

        if (!Accept("{"))
            throw Unexpected("BINDING or '[' or '{'");
        var members = new List<(string?, Node, Pattern?)>();
        do
            members.Add(PatternMember());
        while (Accept(","));
        Expect("}");
        return new ObjectPattern(members);
    }

    private (string? Variable, Node Key, Pattern? Value) PatternMember()
    {
        var start = _token.Start;
        if (_token.Kind == TokenKind.Variable)
        {
            var name = Advance().Text;
            return (name, Literal(name, start), Accept(":") ? Pattern() : null);
        }

        var key = _token.Kind switch
        {
            TokenKind.Name or TokenKind.Keyword => Literal(Advance().Text, start),
            TokenKind.QuoteStart or TokenKind.Format => Text(),
            _ when _token.Is("(") => ComputedKey(),
            _ => throw Error(start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}: May need parentheses around object key expression"),
        };
        Expect(":");
        return (null, key, Pattern());
    }

    private SourceFile File()
    {
        var metadata = default(JsonValue);
        if (Accept("module"))
        {
            metadata = Metadata();
            Expect(";");
        }

        var imports = new List<ImportLine>();
        while (_token.Is("import") || _token.Is("include"))
            imports.Add(Import());
        var definitions = new List<Definition>();
        while (_token.Is("def"))
            definitions.Add(Definition());
        var body = StartsQuery() ? Query() : null;
        if (_token.Kind != TokenKind.End)
            throw Unexpected("end of file");
        return new(metadata, imports, definitions, body);
    }

    private bool StartsQuery() => _token.Kind switch
    {
        TokenKind.End or TokenKind.Invalid => false,
        TokenKind.Symbol => _token.Text is "." or ".." or "-" or "(" or "[" or "{" or "$",
        TokenKind.Keyword => _token.Text is "def" or "label" or "if" or "try" or "reduce" or "foreach" or "break",
        _ => true,
    };

    private ImportLine Import()
    {
        var start = _token.Start;
        var included = Advance().Text == "include";
        if (Text() is not LiteralNode { Value: { IsString: true } path })
            throw Error(start, "Import path must be constant");
        string? name = null;
        var data = false;
        if (!included)
        {
            Expect("as");
            data = _token.Kind == TokenKind.Variable;
            name = data ? Advance().Text : Take(TokenKind.Name).Text;
        }

        var metadata = _token.Is(";") ? default : Metadata();
        Expect(";");
        return new(path.AsString(), name, data, metadata, start);
    }

    private JsonValue Metadata()
    {
        var start = _token.Start;
        var value = Constants.Of(PostfixTerm()) ?? throw Error(start, "Module metadata must be constant");
        return value.IsObject ? value : throw Error(start, "Module metadata must be an object");
    }
}
