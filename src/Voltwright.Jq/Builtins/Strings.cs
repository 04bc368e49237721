using System.Text;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Builtins;

/// <summary>Strings; lengths and places count code points.</summary>
internal static class Strings
{
    public static JsonValue ToText(Machine m, JsonValue input) => input.IsString ? input : ToJson(m, input);

    public static JsonValue ToJson(Machine m, JsonValue input)
    {
        if (!input.TryPrint(m.Budget.OutputBytes, out var text))
            return m.Exhausted("text", "bytes", m.Budget.OutputBytes);
        return m.ChargeText(text.Length) ? text : JsonValue.Failed;
    }

    public static JsonValue FromJson(Machine m, JsonValue input)
    {
        if (!input.TryGetString(out var text))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) only strings can be parsed");
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException e)
        {
            return m.Fail($"{e.Message} (while parsing '{text}')");
        }
    }

    public static JsonValue ToBoolean(Machine m, JsonValue input) => input switch
    {
        { Kind: JsonKind.True or JsonKind.False } => input,
        { Content: "true" } => true,
        { Content: "false" } => false,
        _ => m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be parsed as a boolean"),
    };

    public static JsonValue StartsWith(Machine m, JsonValue input, JsonValue start) =>
        input.TryGetString(out var text) && start.TryGetString(out var part)
            ? text.StartsWith(part, StringComparison.Ordinal)
            : m.Fail("startswith() requires string inputs");

    public static JsonValue EndsWith(Machine m, JsonValue input, JsonValue end) =>
        input.TryGetString(out var text) && end.TryGetString(out var part)
            ? text.EndsWith(part, StringComparison.Ordinal)
            : m.Fail("endswith() requires string inputs");

    public static JsonValue TrimStart(Machine m, JsonValue input, JsonValue start)
    {
        var starts = StartsWith(m, input, start);
        return !starts.IsSignal && starts.IsTruthy ? input.AsString()[start.AsString().Length..] : starts.IsSignal ? starts : input;
    }

    public static JsonValue TrimEnd(Machine m, JsonValue input, JsonValue end)
    {
        var ends = EndsWith(m, input, end);
        return !ends.IsSignal && ends.IsTruthy ? input.AsString()[..^end.AsString().Length] : ends.IsSignal ? ends : input;
    }

    public static JsonValue TrimBoth(Machine m, JsonValue input, JsonValue part)
    {
        var rest = TrimStart(m, input, part);
        return rest.IsSignal ? rest : TrimEnd(m, rest, part);
    }

    public static JsonValue Trim(Machine m, JsonValue input, bool start, bool end)
    {
        if (!input.TryGetString(out var text))
            return m.Fail("trim input must be a string");
        return (start, end) switch { (true, true) => text.Trim(), (true, _) => text.TrimStart(), _ => text.TrimEnd() };
    }

    public static JsonValue Split(Machine m, string text, string separator)
    {
        if (!m.Step(text.Length) || !m.Charge(text.Length))
            return JsonValue.Failed;
        if (text.Length == 0)
            return JsonArray.Empty;
        return separator.Length == 0
            ? JsonArray.From(text.EnumerateRunes().Select(rune => (JsonValue)rune.ToString()))
            : JsonArray.From(text.Split(separator).Select(part => (JsonValue)part));
    }

    /// <summary>The parts of an interpolated string, all strings by now.</summary>
    public static JsonValue Join(Machine m, JsonValue input, ReadOnlySpan<JsonValue> parts)
    {
        var length = 0L;
        foreach (var part in parts)
            length += part.AsString().Length;
        if (!m.ChargeText(length))
            return JsonValue.Failed;
        var text = new StringBuilder((int)length);
        foreach (var part in parts)
            text.Append(part.AsString());
        return text.ToString();
    }

    /// <summary><c>join(separator)</c>: null counts as empty, numbers and booleans as their text; anything else must add up.</summary>
    public static JsonValue JoinWith(Machine m, JsonValue input, JsonValue separator)
    {
        if (!input.IsArray && !input.IsObject)
            return m.Fail(Access.CannotIterate(m, input));
        var items = Collections.Values(input).Select(Part).ToArray();
        if (!separator.TryGetString(out var by) || !Array.TrueForAll(items, item => item.IsString))
            return Sum(m, items, separator);
        var length = items.Sum(item => (long)item.AsString().Length) + ((long)by.Length * Math.Max(0, items.Length - 1));
        return m.Step(items.Length) && m.ChargeText(length) ? string.Join(by, items.Select(item => item.AsString())) : JsonValue.Failed;
    }

    public static JsonValue Explode(Machine m, JsonValue input)
    {
        if (!input.TryGetString(out var text))
            return m.Fail("explode input must be a string");
        return m.Charge(16L * text.Length) ? JsonArray.From(text.EnumerateRunes().Select(rune => (JsonValue)rune.Value)) : JsonValue.Failed;
    }

    public static JsonValue Implode(Machine m, JsonValue input)
    {
        if (!input.TryGetArray(out var items))
            return m.Fail("implode input must be an array");
        var text = new StringBuilder(items.Count);
        foreach (var item in items)
        {
            if (!item.IsNumber || double.IsNaN(item.Number))
                return m.Fail($"{Kinds.Name(item)} ({Kinds.Excerpt(item)}) can't be imploded, unicode codepoint needs to be numeric");
            text.Append(Rune.TryCreate((int)Math.Clamp(item.Number, -1, int.MaxValue), out var rune) ? rune.ToString() : "\uFFFD");
        }

        return text.ToString();
    }

    public static JsonValue MapAscii(Machine m, JsonValue input, string builtin, Func<char, char> map) => input.TryGetString(out var text)
        ? string.Create(text.Length, (text, map), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAscii(from.text[i]) ? from.map(from.text[i]) : from.text[i];
        })
        : m.Fail("explode input must be a string");

    public static JsonValue Utf8Length(Machine m, JsonValue input) => input.TryGetString(out var text)
        ? Encoding.UTF8.GetByteCount(text)
        : m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) only strings have UTF-8 byte length");

    /// <summary>Every place where the argument stands in the input: texts in code points, overlapping ones too.</summary>
    public static JsonValue Indices(Machine m, JsonValue input, JsonValue part)
    {
        if (input.TryGetString(out var text) && part.TryGetString(out var wanted))
            return Indices(m, text, wanted);
        return input.IsArray && !part.IsArray ? Access.Get(m, input, JsonArray.Of(part)) : Access.Get(m, input, part);
    }

    public static JsonValue IndicesOfText(Machine m, JsonValue input, JsonValue part)
    {
        if (!input.TryGetString(out var text))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be searched, as it is not a string");
        return part.TryGetString(out var wanted)
            ? Indices(m, text, wanted)
            : m.Fail($"{Kinds.Name(part)} ({Kinds.Excerpt(part)}) is not a string");
    }

    private static JsonValue Indices(Machine m, string text, string wanted)
    {
        var found = new ListSink(m);
        var (counted, codePoints) = (0, 0);
        for (var at = 0; wanted.Length > 0 && (at = text.IndexOf(wanted, at, StringComparison.Ordinal)) >= 0; at++)
        {
            codePoints += CodePoints.Count(text.AsSpan(counted, at - counted));
            counted = at;
            if (!m.Step() || found.Take(codePoints, null) == Flow.Stop)
                return JsonValue.Failed;
        }

        return found.ToArray();
    }

    private static JsonValue Part(JsonValue item) =>
        item.Kind is JsonKind.True or JsonKind.False or JsonKind.Number ? item.ToString() : item.IsNull ? "" : item;

    private static JsonValue Sum(Machine m, JsonValue[] parts, JsonValue separator)
    {
        var result = default(JsonValue);
        foreach (var part in parts)
        {
            var start = result.IsNull ? "" : Arithmetic.Add(m, result, separator);
            result = start.IsFailed ? start : Arithmetic.Add(m, start, part);
            if (result.IsFailed)
                return result;
        }

        return result.IsNull ? "" : result;
    }
}
