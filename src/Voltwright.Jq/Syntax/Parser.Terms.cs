namespace Voltwright.Jq.Syntax;

internal sealed partial class Parser
{
    private Node PostfixTerm()
    {
        Descend();
        if (_token.Is("-"))
        {
            var start = Advance().Start;
            return new NegateNode(PostfixTerm()) { Position = start };
        }

        var term = Term();
        while (true)
        {
            var start = _token.Start;
            if (_token.Kind == TokenKind.Field)
                term = Field(term, Advance());
            else if (_token.Is("["))
                term = Bracket(term);
            else if (_token.Is("."))
                term = Dotted(term);
            else if (Accept("?"))
                term = new TryNode(term, null) { Position = start };
            else
                return term;
        }
    }

    private Node Dotted(Node target)
    {
        var dot = Advance();
        if (_token.Is("["))
            return Bracket(target);
        if (_token.Kind is TokenKind.QuoteStart or TokenKind.Format)
            return Index(target, Text(), dot.Start);
        throw FieldError(dot.Start);
    }

    private JqCompileException FieldError(int start) =>
        Error(start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}: try .[\"field\"] instead of .field for unusually named fields");

    private IndexNode Field(Node target, Token field) => Index(target, new LiteralNode(field.Text) { Position = field.Start }, field.Start);

    private IndexNode Index(Node target, Node key, int position) => new(target, key, Accept("?")) { Position = position };

    private Node Bracket(Node target)
    {
        var start = Advance().Start;
        if (Accept("]"))
            return new IterateNode(target, Accept("?")) { Position = start };
        var from = _token.Is(":") ? null : Query();
        if (!Accept(":"))
        {
            ExpectEnd("]");
            return Index(target, from!, start);
        }

        var to = from is not null && _token.Is("]") ? null : Query();
        ExpectEnd("]");
        return new SliceNode(target, from, to, Accept("?")) { Position = start };
    }

    private Node Term()
    {
        var start = _token.Start;
        return (_token.Kind switch
        {
            TokenKind.Field => Field(new IdentityNode(), Advance()),
            TokenKind.Number => new LiteralNode(JsonValue.FromNumberText(Advance().Text)),
            TokenKind.QuoteStart or TokenKind.Format => Text(),
            TokenKind.Variable => new VariableNode(Advance().Text),
            TokenKind.Location => Location(),
            TokenKind.Name => Name(),
            TokenKind.Symbol => SymbolTerm(),
            TokenKind.Keyword => KeywordTerm(),
            _ => throw Unexpected(),
        }) with { Position = start };
    }

    private LiteralNode Location()
    {
        var line = Error(Advance().Start, "").Line;
        return new(JsonObject.Of(("file", "<top-level>"), ("line", line)));
    }

    private Node Name()
    {
        var name = Advance().Text;
        if (_token.Is("("))
            return new CallNode(name, Arguments());
        return name switch
        {
            "null" => new LiteralNode(default(JsonValue)),
            "true" => new LiteralNode(true),
            "false" => new LiteralNode(false),
            _ => new CallNode(name, []),
        };
    }

    private List<Node> Arguments()
    {
        var arguments = new List<Node>();
        do
        {
            Advance();
            arguments.Add(Query());
        }
        while (_token.Is(";"));
        ExpectEnd(")");
        return arguments;
    }

    private Node SymbolTerm()
    {
        var start = _token.Start;
        switch (Advance().Text)
        {
            case ".":
                if (_token.Kind is TokenKind.QuoteStart)
                    return Index(new IdentityNode(), Text(), start);
                if (_token.Kind is TokenKind.Name or TokenKind.Keyword or TokenKind.Number && _token.Start == start + 1)
                    throw FieldError(start);
                return _token.Is("[") ? Bracket(new IdentityNode()) : new IdentityNode();
            case "..":
                return new CallNode("recurse", []);
            case "(":
                var inner = Query();
                ExpectEnd(")");
                return inner;
            case "[" when Accept("]"):
                return new LiteralNode(JsonArray.Empty);
            case "[":
                var content = Query();
                ExpectEnd("]");
                return new ArrayNode(content);
            case "{":
                return Object();
            case var symbol:
                throw Error(start, $"syntax error, unexpected {SyntaxErrors.Name(new Token(TokenKind.Symbol, symbol, start, start))}");
        }
    }

    private Node KeywordTerm()
    {
        var start = _token;
        switch (Advance().Text)
        {
            case "if":
                return If();
            case "try":
                var body = PostfixTerm();
                return new TryNode(body, Accept("catch") ? PostfixTerm() : null);
            case "reduce":
                return Reduce();
            case "foreach":
                return Foreach();
            case "break":
                return _token.Kind == TokenKind.Variable
                    ? new BreakNode(Advance().Text)
                    : throw Error(start.Start, "break requires a label to break to");
            default:
                throw Error(start.Start, $"syntax error, unexpected {SyntaxErrors.Name(start)}");
        }
    }

    private IfNode If()
    {
        var condition = Query();
        Expect("then");
        var then = Query();
        var start = _token.Start;
        if (Accept("elif"))
            return new(condition, then, If() with { Position = start });
        var otherwise = Accept("else") ? Query() : null;
        if (!Accept("end"))
            throw Error(_token.Start, $"syntax error, unexpected {SyntaxErrors.Name(_token)}: Possibly unterminated 'if' statement");
        return new(condition, then, otherwise);
    }

    private ReduceNode Reduce()
    {
        var source = Expression();
        var patterns = Patterns();
        Expect("(");
        var initial = Query();
        ExpectEnd(";");
        var update = Query();
        ExpectEnd(")");
        return new(source, patterns, initial, update);
    }

    private ForeachNode Foreach()
    {
        var source = Expression();
        var patterns = Patterns();
        Expect("(");
        var initial = Query();
        ExpectEnd(";");
        var update = Query();
        var extract = Accept(";") ? Query() : null;
        ExpectEnd(")");
        return new(source, patterns, initial, update, extract);
    }

    /// <summary>A string, a <c>@format</c> alone, or a format before a string.</summary>
    private Node Text()
    {
        var format = _token.Kind == TokenKind.Format ? Advance() : default;
        if (_token.Kind != TokenKind.QuoteStart)
            return new FormatNode(format.Text);
        var start = _token.Start;
        var parts = new List<Node>();
        while (true)
        {
            var (text, interpolates) = _lexer.StringPart();
            parts.Add(new LiteralNode(text));
            if (!interpolates)
                break;
            _token = _lexer.Next();
            parts.Add(Query());
            if (!_token.Is(")"))
                throw Unexpected("QQSTRING_INTERP_END or '|' or ','");
        }

        _token = _lexer.Next();
        return parts is [LiteralNode only] ? only with { Position = start } : new TextNode(format.Text, parts) { Position = start };
    }
}
