using System.Text.Json;

namespace Voltwright.Ocpp.Payloads;

/// <summary>Walks one payload along its shape and collects what does not fit.</summary>
sealed class PayloadInspection(Lenience lenience)
{
    // A hostile payload must not buy unbounded work and memory with its mistakes.
    const int MaxProblems = 50;

    readonly List<PayloadProblem> _problems = [];

    public IReadOnlyList<PayloadProblem> Problems => _problems;

    public void Object(string path, JsonElement value, PayloadShape shape)
    {
        if (!Is(JsonValueKind.Object, path, value, "an object")) return;
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!TryName(property, out var name))
                Report(path, OcppErrorCode.FormatViolation, "a field's name holds half of a surrogate pair");
            else if (!present.Add(name))
                Report(Join(path, name), OcppErrorCode.FormatViolation, "the field is given twice");
            else if (shape.Find(name) is { } field)
                Field(Join(path, name), property.Value, field);
            else if (!lenience.UnknownFields && !shape.TakesAnyField)
                Report(Join(path, name), OcppErrorCode.FormatViolation, "there is no such field");
        }

        foreach (var field in shape.Missing(present))
            Report(Join(path, field.Name), OcppErrorCode.OccurrenceConstraintViolation, "the field is required");
    }

    void Field(string path, JsonElement value, PayloadField field)
    {
        if (value.ValueKind == JsonValueKind.Null && !field.IsRequired && lenience.NullForAbsent) return;
        Value(path, value, field.Value);
    }

    void Value(string path, JsonElement value, PayloadValue expected)
    {
        switch (expected)
        {
            case PayloadValue.Text text: Text(path, value, text.MaxLength); break;
            case PayloadValue.Address: Address(path, value); break;
            case PayloadValue.Integer integer: Integer(path, value, integer); break;
            case PayloadValue.Number number: Number(path, value, number); break;
            case PayloadValue.Truth: Truth(path, value); break;
            case PayloadValue.Time: Time(path, value); break;
            case PayloadValue.Choice choice: Choice(path, value, choice.Names); break;
            case PayloadValue.List list: List(path, value, list); break;
            case PayloadValue.Nested nested: Object(path, value, nested.Shape); break;
            case PayloadValue.Anything: break;
            default: throw new InvalidOperationException($"{expected} has no check");
        }
    }

    void Text(string path, JsonElement value, int maxLength)
    {
        if (TryText(path, value) is not { } text || text.Length <= maxLength) return;
        var length = text.EnumerateRunes().Count();
        if (length > maxLength)
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"{length} characters, at most {maxLength} are allowed");
    }

    void Address(string path, JsonElement value)
    {
        if (TryText(path, value) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out _))
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"'{Short(text)}' is no absolute URI");
    }

    void Choice(string path, JsonElement value, IReadOnlySet<string> names)
    {
        if (TryText(path, value) is { } text && !names.Contains(text))
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"'{Short(text)}' is none of {string.Join(", ", names)}");
    }

    void Time(string path, JsonElement value)
    {
        if (TryText(path, value) is not { } text) return;
        if (!OcppTime.TryRead(text, out _, out var zoned))
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"'{Short(text)}' is no RFC 3339 time");
        else if (!zoned && !lenience.TimesWithoutZone)
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"'{Short(text)}' names no time zone");
    }

    void Integer(string path, JsonElement value, PayloadValue.Integer bounds)
    {
        if (!Is(JsonValueKind.Number, path, value, "an integer")) return;
        var written = value.GetRawText();
        if (written.AsSpan().ContainsAny('.', 'e', 'E'))
            Report(path, OcppErrorCode.TypeConstraintViolation, $"{Short(written)} is no integer");
        else if (!value.TryGetInt32(out var number))
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"{Short(written)} does not fit 32 bits");
        else
            Between(path, number, bounds.Minimum, bounds.Maximum);
    }

    void Number(string path, JsonElement value, PayloadValue.Number bounds)
    {
        if (!Is(JsonValueKind.Number, path, value, "a number")) return;
        if (!value.TryGetDecimal(out var number))
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"{Short(value.GetRawText())} is out of range");
        else
            Between(path, number, bounds.Minimum, bounds.Maximum);
    }

    void Between(string path, decimal number, int minimum, int maximum)
    {
        if (number < minimum && minimum != int.MinValue)
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"{number} is less than {minimum}");
        else if (number > maximum && maximum != int.MaxValue)
            Report(path, OcppErrorCode.PropertyConstraintViolation, $"{number} is more than {maximum}");
    }

    void Truth(string path, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) WrongType(path, value, "true or false");
    }

    void List(string path, JsonElement value, PayloadValue.List list)
    {
        if (!Is(JsonValueKind.Array, path, value, "a list")) return;
        var count = value.GetArrayLength();
        if (count < list.Minimum || count > list.Maximum)
            Report(path, OcppErrorCode.OccurrenceConstraintViolation, $"{count} items, {list.Minimum} to {list.Maximum} are allowed");
        var index = 0;
        foreach (var item in value.EnumerateArray()) Value($"{path}[{index++}]", item, list.Item);
    }

    string? TryText(string path, JsonElement value)
    {
        if (!Is(JsonValueKind.String, path, value, "a text")) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Report(path, OcppErrorCode.FormatViolation, "the text holds half of a surrogate pair");
            return null;
        }
    }

    static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    bool Is(JsonValueKind kind, string path, JsonElement value, string expected)
    {
        if (value.ValueKind == kind) return true;
        WrongType(path, value, expected);
        return false;
    }

    void WrongType(string path, JsonElement value, string expected) =>
        Report(path, OcppErrorCode.TypeConstraintViolation, $"{expected} is expected, not {value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        }}");

    void Report(string path, OcppErrorCode code, string message)
    {
        if (_problems.Count < MaxProblems) _problems.Add(new PayloadProblem(path, code, message));
    }

    static string Join(string path, string name) => path.Length == 0 ? Short(name) : $"{path}.{Short(name)}";

    static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
