namespace Voltwright.Workflows.Shapes;

/// <summary>What builtins yield, as far as it is worth knowing. One that is not here, nor written in jq, yields anything.</summary>
internal static class BuiltinShapes
{
    private static readonly string[] Texts =
    [
        "tojson", "ascii_downcase", "ascii_upcase", "implode", "trim", "ltrim", "rtrim", "todate", "todateiso8601", "@text", "ascii",
    ];

    private static readonly string[] Numbers =
    [
        "length", "utf8bytelength", "tonumber", "now", "mktime", "fromdate", "fromdateiso8601", "floor", "ceil", "round", "sqrt", "fabs",
        "infinite", "nan", "trunc", "exp", "log", "log2", "log10", "exp2", "exp10", "input_line_number",
    ];

    private static readonly string[] Booleans =
        ["toboolean", "isinfinite", "isnan", "isnormal", "any", "all", "have_decnum", "have_literal_numbers"];

    public static IReadOnlyDictionary<(string, int), Func<Shape, Outcome[], Outcome>> Table { get; } = Build();

    private static Dictionary<(string, int), Func<Shape, Outcome[], Outcome>> Build()
    {
        var table = new Dictionary<(string, int), Func<Shape, Outcome[], Outcome>>();
        void Always(IEnumerable<string> names, int count, Shape shape)
        {
            foreach (var name in names)
                table[(name, count)] = (_, _) => shape;
        }

        Always(Texts, 0, Shape.Text);
        Always(Numbers, 0, Shape.Number);
        Always(Booleans, 0, Shape.Boolean);
        Always(["join", "strftime", "strflocaltime"], 1, Shape.Text);
        Always(["explode"], 0, Shape.ArrayOf(Shape.Number));
        Always(["split"], 1, Shape.ArrayOf(Shape.Text));
        Always(["keys", "keys_unsorted"], 0, Shape.ArrayOf(Shape.Text.Or(Shape.Number)));
        Always(["flatten", "transpose"], 0, Shape.AnyArray);
        Always(["flatten"], 1, Shape.AnyArray);
        Always(["test"], 1, Shape.Boolean);
        Always(["test"], 2, Shape.Boolean);
        table[("combinations", 0)] = (_, _) => new Outcome(Shape.AnyArray, true);
        AddValues(table);
        AddArrays(table);
        return table;
    }

    private static void AddValues(Dictionary<(string, int), Func<Shape, Outcome[], Outcome>> table)
    {
        table[("empty", 0)] = (_, _) => Outcome.Nothing;
        table[("error", 0)] = table[("error", 1)] = (_, _) => Outcome.Failure;
        table[("not", 0)] = (input, _) =>
            (input.CanBeFalsy ? Shape.True : Shape.Never).Or(input.CanBeTruthy ? Shape.False : Shape.Never);
        table[("type", 0)] = (input, _) => Shape.OfTexts(input.KindNames());
        table[("tostring", 0)] = (input, _) => input.OfKind("string").Equals(input) ? input : Shape.Text;
        table[("has", 1)] = (_, _) => Shape.Boolean;
        foreach (var name in new[] { "ltrimstr", "rtrimstr", "trimstr" })
            table[(name, 1)] = (input, _) => input.OfKind("string").IsNever ? input : input.Or(Shape.Text);
        table[("startswith", 1)] = table[("endswith", 1)] = table[("contains", 1)] = (_, _) => Shape.Boolean;
        table[("range", 1)] = table[("range", 2)] = table[("range", 3)] = (_, _) => new Outcome(Shape.Number, true);
        table[("first", 1)] = table[("last", 1)] = (_, arguments) => arguments[0];
        table[("limit", 2)] = table[("skip", 2)] = (_, arguments) => arguments[1] with { CanBeEmpty = true };
        table[("path", 1)] = (_, _) => new Outcome(Shape.AnyArray, true);
        table[("paths", 0)] = table[("leaf_paths", 0)] = (_, _) => new Outcome(Shape.AnyArray, true);
        table[("to_entries", 0)] = (input, _) => input.Object is null && input.Array is null ? Outcome.Failure : Shape.ArrayOf(Entry(input));
        table[("from_entries", 0)] = (_, _) => Shape.AnyObject;
        table[("debug", 0)] = table[("stderr", 0)] = (input, _) => input;
    }

    private static void AddArrays(Dictionary<(string, int), Func<Shape, Outcome[], Outcome>> table)
    {
        foreach (var name in new[] { "sort", "unique" })
            table[(name, 0)] = (input, _) => SameElements(input);
        foreach (var name in new[] { "_sort_by", "_unique_by" })
            table[(name, 1)] = (input, _) => SameElements(input);
        table[("_group_by", 1)] = (input, _) => input.Array is null ? Outcome.Failure : Shape.ArrayOf(SameElements(input).Values);
        table[("min", 0)] = table[("max", 0)] = table[("_min_by", 1)] = table[("_max_by", 1)] =
            (input, _) => input.Array is null ? Outcome.Failure : input.Array.Element.Or(Shape.Null);
        table[("toarray", 0)] = (input, _) => input.OfKind("array").Or(Shape.ArrayOf(input));
        table[("indices", 1)] = (_, _) => Shape.ArrayOf(Shape.Number).Or(Shape.Null);
    }

    private static Outcome SameElements(Shape input) => input.Array is null ? Outcome.Failure : Shape.ArrayOf(input.Array.Element);

    private static Shape Entry(Shape input)
    {
        var (keys, values) = (Shape.Never, Shape.Never);
        if (input.Object is { } members)
            (keys, values) = (Shape.Text, members.AnyMember);
        if (input.Array is { } elements)
            (keys, values) = (keys.Or(Shape.Number), values.Or(elements.Element));
        return Shape.Members(("key", keys), ("value", values));
    }
}
