namespace Voltwright.Jq.Syntax;

/// <summary>Finds the value of an expression that is one whatever its input.</summary>
internal static class Constants
{
    public static JsonValue? Of(Node? node) => node switch
    {
        LiteralNode literal => literal.Value,
        ArrayNode array => Items(array.Content) is { } items ? (JsonValue?)JsonArray.From(items) : null,
        ObjectNode shape => Members(shape),
        NegateNode { Operand: LiteralNode { Value: { IsNumber: true } number } } => number.Negate(),
        _ => null,
    };

    private static List<JsonValue>? Items(Node? content)
    {
        if (content is CommaNode { Left: var left, Right: var right })
        {
            var (first, rest) = (Items(left), Items(right));
            return first is null || rest is null ? null : [.. first, .. rest];
        }

        return Of(content) is { } value ? [value] : null;
    }

    private static JsonValue? Members(ObjectNode shape)
    {
        var result = new JsonObject.Builder();
        foreach (var (key, value) in shape.Members)
        {
            if (key is not LiteralNode { Value: { IsString: true } name } || Of(value) is not { } constant)
                return null;
            result.Set(name.AsString(), constant);
        }

        return result.ToObject();
    }
}
