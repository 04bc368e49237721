namespace Voltwright.Workflows.Shapes;

/// <summary>Shapes in words for people.</summary>
internal static class ShapeText
{
    private const int MostShown = 8;

    public static string Of(Shape shape, int depth = 2)
    {
        if (shape.IsAny)
            return "anything";
        if (shape.IsNever)
            return "nothing";
        return string.Join(" or ", Kinds(shape, depth));
    }

    private static IEnumerable<string> Kinds(Shape shape, int depth)
    {
        if (shape.CanBeNull)
            yield return "null";
        if (shape.CanBeTrue || shape.CanBeFalse)
            yield return shape is { CanBeTrue: true, CanBeFalse: true } ? "boolean" : shape.CanBeTrue ? "true" : "false";
        if (!shape.Numbers.IsEmpty)
            yield return Literals(shape.Numbers, "number");
        if (!shape.Texts.IsEmpty)
            yield return Literals(shape.Texts, "string");
        if (shape.Array is { } array)
            yield return depth == 0 || array.Element.IsAny ? "array" : array.Element.IsNever ? "empty array" : $"array of {Of(array.Element, depth - 1)}";
        if (shape.Object is { } members)
            yield return depth == 0 ? "object" : Object(members, depth);
    }

    private static string Literals(LiteralSet set, string otherwise) =>
        set.Known is { Count: <= 3 } known ? string.Join(" or ", known.Select(k => k.ToString())) : otherwise;

    private static string Object(ObjectShape shape, int depth)
    {
        if (shape.Members.IsEmpty)
            return shape.IsClosed ? "{ }" : "object";
        var shown = shape.Members.Where(m => !m.Value.Shape.IsNever).Take(MostShown)
            .Select(m => m.Value.IsRequired ? m.Key : m.Key + "?").ToList();
        if (shape.Members.Count > MostShown || !shape.IsClosed)
            shown.Add("…");
        return depth < 0 ? "object" : $"{{ {string.Join(", ", shown)} }}";
    }
}
