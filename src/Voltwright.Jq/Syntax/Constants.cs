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
        var items = new List<JsonValue>();
        var open = new Stack<Node?>([content]);
        while (open.TryPop(out var next))
        {
            if (next is CommaNode comma)
            {
                open.Push(comma.Right);
                open.Push(comma.Left);
            }
            else if (Of(next) is { } value)
            {
                items.Add(value);
            }
            else
            {
                return null;
            }
        }

        return items;
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
