namespace Voltwright.Jq.Tests.Fuzz;

/// <summary>Makes programs and inputs from a seed: always valid syntax, often errors at run time.</summary>
sealed class ProgramGenerator(int seed)
{
    private const int DeepestProgram = 5;
    private const int DeepestValue = 3;

    private static readonly string[] Leaves =
    [
        ".", ".a", ".b?", ".[0]?", ".[]?", "..", "1", "0", "-1", "2.5", "\"x\"", "\"a b\"", "null", "true", "false", "[]", "{}", "empty",
        "length?", "type", "keys?", "add?", "tostring", "tojson", "sort?", "unique?", "reverse?", "not", "error?", "to_entries?", "first?", "last?",
        "ascii_downcase?", "explode?", "tonumber?", "flatten?", "min?", "max?", "paths", "isvalid(.a)", "@json", "@base64?", "utf8bytelength?", "any?",
        "all?", "transpose?", "floor?", "abs?", "range(3)", "input?", "from_entries?", "join(\",\")?", "tostream", "trim?",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or", "//"];

    private static readonly string[] Forms =
    [
        "[{0}]", "({0} | {1})", "({0}, {1})", "{{a: {0}, b: {1}}}", "(if {0} then {1} else {2} end)", "(try {0} catch {1})", "({0})?",
        "({0} as $x | {1} | [$x, .])", "(reduce ({0}) as $x ({1}; [., $x] | length))", "[foreach ({0}) as $x (0; . + 1; {1})]",
        "[limit(3; {0})]", "first({0})", "[.[]? | {0}]", "map({0})?", "map_values({0})?", "([{0}] | sort_by({1}))", "([{0}] | group_by({1}))",
        "(path({0})?)", "(del({0})?)", "(({0}) = {1})?", "(({0}) |= {1})?", "(({0}) += {1})?", "(def f: {0}; f, f)", "(def g(f): [f]; g({0}))",
        "(label $out | {0}, break $out, {1})", "\"<\\({0})>\"", "with_entries({0})?", "select({0})", "[recurse({0}; false)]", "walk({0})",
        "([{0}, {1}] | contains([{2}])?)", "has({0})?", "getpath([{0}])?", "(. as [$a, $b] ?// $a | [$a, {0}])", "isempty({0})", "test({0})?",
        "indices({0})?", "(setpath([\"a\"]; {0})?)", "any({0}; {1})", "splits({0})?", "-({0})?", ".[{0}]?", ".[{0}:{1}]?", "pick({0})?", "IN({0})",
        "ltrimstr({0})?", "([{0}] | unique_by({1}))", "until(type == \"null\"; null)", "[skip(1; {0})]", "add({0})?", "nth(1; {0})", "error({0})?",
    ];

    private readonly Random _random = new(seed);

    public string Program() => Expression(DeepestProgram);

    public JsonValue Input() => Value(DeepestValue);

    private string Expression(int depth)
    {
        if (depth == 0 || _random.Next(4) == 0)
            return Pick(Leaves);
        if (_random.Next(4) == 0)
            return $"({Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)})";
        return string.Format(
            System.Globalization.CultureInfo.InvariantCulture, Pick(Forms), Expression(depth - 1), Expression(depth - 1), Expression(depth - 1));
    }

    private JsonValue Value(int depth)
    {
        switch (_random.Next(depth == 0 ? 6 : 9))
        {
            case 0: return default;
            case 1: return _random.Next(2) == 0;
            case 2: return _random.Next(-3, 10);
            case 3: return Math.Round(_random.NextDouble() * 100, 2);
            case 4: return Pick(["", "a", "b", "x y", "Grün", "😀", "[1]", "12"]);
            case 5: return JsonArray.Empty;
            case 6 or 7: return JsonArray.From(Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1)));
            default:
                var members = JsonObject.Empty;
                for (var i = _random.Next(4); i > 0; i--)
                    members = members.With(Pick(["a", "b", "key", "value", "c d"]), Value(depth - 1));
                return members;
        }
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
