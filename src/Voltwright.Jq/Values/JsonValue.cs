using System.Diagnostics.CodeAnalysis;

namespace Voltwright.Jq;

/// <summary>
/// An immutable JSON value: the one type that engine, expressions and events share.
/// Sixteen bytes; <c>default</c> is <c>null</c>; null, booleans and numbers allocate nothing.
/// </summary>
/// <remarks>Safe to share between threads. Equality and order are jq's: <c>1</c> equals <c>1.0</c>, objects ignore the order of their keys.</remarks>
public readonly partial struct JsonValue : IEquatable<JsonValue>, IComparable<JsonValue>
{
    private static readonly object FalseTag = new();
    private static readonly object TrueTag = new();
    private static readonly object NumberTag = new();

    // What an evaluation answers instead of a value; such a thing never leaves the evaluator.
    private static readonly Signal EmptyTag = new();
    private static readonly Signal FailedTag = new();
    private static readonly Signal TailTag = new();

    // null → null; a tag → false, true, number; else BigNumber, string, JsonArray or JsonObject.
    private readonly object? _content;
    private readonly double _number;

    private JsonValue(object? content, double number = 0)
    {
        _content = content;
        _number = number;
    }

    public static JsonValue Null => default;

    public static JsonValue False => new(FalseTag);

    public static JsonValue True => new(TrueTag);

    public JsonKind Kind => _content switch
    {
        null => JsonKind.Null,
        string => JsonKind.String,
        JsonObject => JsonKind.Object,
        JsonArray => JsonKind.Array,
        _ when ReferenceEquals(_content, TrueTag) => JsonKind.True,
        _ when ReferenceEquals(_content, FalseTag) => JsonKind.False,
        _ => JsonKind.Number,
    };

    /// <summary>No output.</summary>
    internal static JsonValue Nothing => new(EmptyTag);

    /// <summary>The evaluation stopped; the machine knows why.</summary>
    internal static JsonValue Failed => new(FailedTag);

    /// <summary>The machine holds a call to be made instead.</summary>
    internal static JsonValue Tail => new(TailTag);

    internal bool IsSignal => _content is Signal;

    internal bool IsNothing => ReferenceEquals(_content, EmptyTag);

    internal bool IsFailed => ReferenceEquals(_content, FailedTag);

    internal bool IsTail => ReferenceEquals(_content, TailTag);

    internal object? Content => _content;

    /// <summary>The number without asking whether it is one.</summary>
    internal double Number => _number;

    public bool IsNull => _content is null;

    public bool IsNumber => ReferenceEquals(_content, NumberTag) || _content is BigNumber;

    public bool IsString => _content is string;

    public bool IsArray => _content is JsonArray;

    public bool IsObject => _content is JsonObject;

    /// <summary>jq's truth: everything but <c>null</c> and <c>false</c>.</summary>
    public bool IsTruthy => _content is not null && !ReferenceEquals(_content, FalseTag);

    /// <summary>The member of that name; <see cref="Null"/> when there is none or this is no object.</summary>
    public JsonValue this[string key] => _content is JsonObject o ? o[key] : default;

    /// <summary>The element at that zero-based index; <see cref="Null"/> when there is none or this is no array.</summary>
    public JsonValue this[int index] => _content is JsonArray a && (uint)index < (uint)a.Count ? a[index] : default;

    public static implicit operator JsonValue(string? value) => new(value);

    public static implicit operator JsonValue(bool value) => value ? True : False;

    public static implicit operator JsonValue(int value) => new(NumberTag, value);

    public static implicit operator JsonValue(double value) => new(NumberTag, value);

    public static implicit operator JsonValue(long value) => FromInt64(value);

    public static implicit operator JsonValue(JsonArray? value) => new(value);

    public static implicit operator JsonValue(JsonObject? value) => new(value);

    /// <summary>A number that keeps all its digits, beyond 2^53 too.</summary>
    public static JsonValue FromInt64(long value) =>
        value is >= -(1L << 53) and <= 1L << 53 ? new(NumberTag, value) : FromNumberText(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <exception cref="InvalidOperationException">This is no string.</exception>
    public string AsString() => _content as string ?? throw WrongKind("string");

    /// <exception cref="InvalidOperationException">This is no number.</exception>
    public double AsDouble() => IsNumber ? _number : throw WrongKind("number");

    /// <exception cref="InvalidOperationException">This is no array.</exception>
    public JsonArray AsArray() => _content as JsonArray ?? throw WrongKind("array");

    /// <exception cref="InvalidOperationException">This is no object.</exception>
    public JsonObject AsObject() => _content as JsonObject ?? throw WrongKind("object");

    public bool TryGetString([NotNullWhen(true)] out string? value) => (value = _content as string) is not null;

    public bool TryGetArray([NotNullWhen(true)] out JsonArray? value) => (value = _content as JsonArray) is not null;

    public bool TryGetObject([NotNullWhen(true)] out JsonObject? value) => (value = _content as JsonObject) is not null;

    /// <summary>The number as a whole number; false when this is no number, has a fraction or does not fit.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (!IsNumber)
            return false;
        if (_content is BigNumber big)
            return long.TryParse(big.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);
        if (Math.Floor(_number) != _number || Math.Abs(_number) > 9.2e18)
            return false;
        value = (long)_number;
        return true;
    }

    private sealed class Signal;

    private InvalidOperationException WrongKind(string wanted) => new($"Expected a JSON {wanted}, found {Kind}.");
}
